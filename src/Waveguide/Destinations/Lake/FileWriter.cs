using System.Security.Cryptography;
using System.Text;
using Waveguide.Destinations.DuckDb;
using Waveguide.Scanning;
using Waveguide.Storage;

namespace Waveguide.Destinations.Lake;

/// <summary>Writes parts of a slice into the store, in one of the formats, and counts what is in them.</summary>
/// <param name="schema">The key of the object that describes the table.</param>
internal sealed class FileWriter(LakeEngine engine, IObjectStore store, LakeFormat format, Scan scan, string schema)
{
    private const string PartEnding = ".json.gz";

    /// <summary>Reads the parts without keeping a row.</summary>
    public Task CountAsync(IReadOnlyList<FetchedPart> parts, CancellationToken cancellationToken) =>
        ReadAsync(parts, relation => $"SELECT count(*) FROM {relation}", cancellationToken);

    /// <summary>Counts the parts, which belong to one hour, and puts the files made of them.</summary>
    /// <param name="counted">Whether that was done already.</param>
    public async Task<IReadOnlyList<LakeFile>> WriteAsync(
        IReadOnlyList<FetchedPart> parts,
        bool counted,
        CancellationToken cancellationToken
    )
    {
        if (parts.Count == 0)
        {
            return [];
        }

        if (format == LakeFormat.Parquet)
        {
            if (counted)
            {
                scan.Forget(parts[0].Hour);
            }

            return [await ParquetAsync(parts, cancellationToken)];
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var count = counted ? Task.CompletedTask : CountAsync(parts, stop.Token);
        var put = PutAllAsync(parts, stop.Token);
        try
        {
            await await Task.WhenAny(count, put);
        }
        catch
        {
            await stop.CancelAsync();
            await Task.WhenAll(count, put).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await Task.WhenAll(count, put);
        return await put;
    }

    private async Task<IReadOnlyList<LakeFile>> PutAllAsync(
        IReadOnlyList<FetchedPart> parts,
        CancellationToken cancellationToken
    )
    {
        var files = new List<LakeFile>();
        foreach (var part in parts)
        {
            files.Add(
                format == LakeFormat.JsonGz
                    ? await PutAsync(part, part, cancellationToken)
                    : await UnpackAsync(part, cancellationToken)
            );
        }

        return files;
    }

    private async Task<LakeFile> UnpackAsync(FetchedPart part, CancellationToken cancellationToken)
    {
        var path = engine.NewPath();
        try
        {
            using (var lines = PartStream.Open(part))
            await using (var file = File.Create(path))
            {
                var buffer = new byte[1 << 17];
                for (int read; (read = lines.Read(buffer)) > 0; )
                {
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
            }

            return await PutAsync(part, await OfFileAsync(part, path, cancellationToken), cancellationToken);
        }
        catch (InvalidDataException reason)
        {
            throw PartStream.Changed(part, reason);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<LakeFile> ParquetAsync(IReadOnlyList<FetchedPart> parts, CancellationToken cancellationToken)
    {
        const string how = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 10240)";
        var path = engine.NewPath();
        var hour = parts[0].Hour;
        try
        {
            var before = scan.Content(hour).Tally.Rows;
            var displaced = await ReadAsync(
                parts,
                relation => $"COPY (FROM {relation}) TO '{path}' {how}",
                cancellationToken
            );
            if (displaced.Count > 0)
            {
                await WithoutAsync(path, displaced, how, cancellationToken);
            }

            var rows = await RowsAsync(path, cancellationToken);
            SliceLoad.ThrowIfLost(scan.Slice, rows, scan.Content(hour).Tally.Rows - before);
            var part = parts.Count == 1 ? parts[0] : parts[0] with { Name = "rows" };
            var file = await PutAsync(part, await OfFileAsync(part, path, cancellationToken), cancellationToken);
            return file with { Part = parts.Count == 1 ? file.Part : null, Rows = rows };
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Takes out the rows that turned out to be repeated after they were written.</summary>
    private async Task WithoutAsync(
        string path,
        IReadOnlyList<(string Part, long Line)> rows,
        string how,
        CancellationToken cancellationToken
    )
    {
        var whole = engine.NewPath();
        File.Move(path, whole);
        var places = string.Join(", ", rows.Select(row => $"({Layout.Text(row.Part)}, {row.Line})"));
        using var connection = engine.Connect();
        await Task.Run(
            () =>
                connection.Execute(
                    $"COPY (FROM read_parquet('{whole}') WHERE ({LandedColumns.Part}, {LandedColumns.Line}) NOT IN ({places})) TO '{path}' {how}",
                    cancellationToken
                ),
            cancellationToken
        );
        File.Delete(whole);
    }

    private async Task<long> RowsAsync(string path, CancellationToken cancellationToken)
    {
        using var connection = engine.Connect();
        return await Task.Run(
            () => (long)connection.Scalar($"SELECT count(*) FROM read_parquet('{path}')", cancellationToken)!,
            cancellationToken
        );
    }

    /// <returns>Rows that were delivered before an earlier one with their key came up.</returns>
    private async Task<IReadOnlyList<(string Part, long Line)>> ReadAsync(
        IReadOnlyList<FetchedPart> parts,
        Func<string, string> statement,
        CancellationToken cancellationToken
    )
    {
        using var connection = engine.Connect();
        using var relation = engine.Scans.OpenParts(scan, parts);
        await Task.Run(
            () =>
            {
                using var result = connection.Query(statement(relation.Sql), cancellationToken);
                result.FetchChunk();
            },
            cancellationToken
        );
        return relation.Displaced;
    }

    private static async Task<FetchedPart> OfFileAsync(
        FetchedPart part,
        string path,
        CancellationToken cancellationToken
    )
    {
        await using var file = File.OpenRead(path);
        var hash = await SHA256.HashDataAsync(file, cancellationToken);
        return new FetchedPart(part.Hour, part.Name, path, 0, file.Length, Convert.ToHexStringLower(hash));
    }

    private async Task<LakeFile> PutAsync(FetchedPart part, FetchedPart bytes, CancellationToken cancellationToken)
    {
        var name = format.Name();
        var start = LakeScope.Of(scan.Slice.Project, scan.Slice.Table, part.Hour).FileStart;
        var key =
            $"{LakeScope.Folder(scan.Slice.Table, part.Hour)}{start}{Stem(part.Name)}.{bytes.Sha256[..16]}.{name}";
        await store.PutAsync(key, ObjectContent.OfFile(bytes.Path, bytes.Offset, bytes.Length), cancellationToken);
        return new LakeFile(key, bytes.Length, bytes.Sha256, name, schema)
        {
            Hour = part.Hour,
            LoadedAt = scan.LoadedAt,
            Part = part.Name,
        };
    }

    /// <summary>A part's name without its ending and without signs that addresses of the web do not like.</summary>
    private static string Stem(string name)
    {
        var bare = name.EndsWith(PartEnding, StringComparison.Ordinal) ? name[..^PartEnding.Length] : name;
        return new StringBuilder()
            .AppendJoin("", bare.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' ? letter : '-'))
            .ToString();
    }
}
