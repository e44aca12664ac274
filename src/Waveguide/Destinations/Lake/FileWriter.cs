using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Waveguide.Destinations.DuckDb;
using Waveguide.Scanning;
using Waveguide.Storage;

namespace Waveguide.Destinations.Lake;

/// <summary>Writes parts of a slice into the store, in one of the formats.</summary>
/// <param name="schema">The key of the object that describes the table.</param>
internal sealed class FileWriter(LakeEngine engine, IObjectStore store, LakeFormat format, Scan scan, string schema)
{
    /// <summary>How DuckDB writes rows to a file.</summary>
    public const string ParquetOptions =
        "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 10240)";

    private const string PartEnding = ".json.gz";

    /// <summary>They wait for the network more than for a processor.</summary>
    private const int PutsAtOnce = 4;

    private readonly bool _isAsItCame = PrivateLine.Of(scan.Slice.Table, scan.Privacy) is null;

    /// <summary>Counts what a part holds, if that is not done as it is written.</summary>
    public Task CountAsync(FetchedPart part, CancellationToken cancellationToken) =>
        format == LakeFormat.Parquet ? Task.CompletedTask : PartCount.RunAsync(scan.Content, [part], cancellationToken);

    /// <summary>Puts the files made of these parts, and counts what they hold where it writes Parquet.</summary>
    /// <returns>The files, in the order of the parts.</returns>
    public async Task<IReadOnlyList<LakeFile>> WriteAsync(
        IReadOnlyList<FetchedPart> parts,
        CancellationToken cancellationToken
    )
    {
        var isParquet = format == LakeFormat.Parquet;
        var sources = isParquet
            ? parts.GroupBy(part => part.Hour).Select(hour => hour.ToArray()).ToList()
            : [.. parts.Select(part => new[] { part })];
        var files = new LakeFile[sources.Count];
        await Parallel.ForAsync(
            0,
            files.Length,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = isParquet ? engine.Threads : PutsAtOnce,
                CancellationToken = cancellationToken,
            },
            async (index, token) =>
                files[index] =
                    format == LakeFormat.Parquet
                        ? await ParquetAsync(sources[index], token)
                        : await KeepAsync(sources[index][0], token)
        );
        return files;
    }

    /// <summary>Puts the lines of a part, if it still is what was verified, for they are counted already.</summary>
    private Task<LakeFile> KeepAsync(FetchedPart part, CancellationToken cancellationToken)
    {
        PartStream.ThrowIfChanged(part);
        return format == LakeFormat.JsonGz && _isAsItCame
            ? PutAsync(part, part, cancellationToken)
            : LinesAsync(part, cancellationToken);
    }

    private async Task<LakeFile> LinesAsync(FetchedPart part, CancellationToken cancellationToken)
    {
        var path = engine.NewPath();
        try
        {
            await using (var file = File.Create(path))
            await using (
                var lines = format == LakeFormat.Json ? file : (Stream)new GZipStream(file, CompressionLevel.Optimal)
            )
            {
                var hiding = PrivateLine.Of(scan.Slice.Table, scan.Privacy);
                await (
                    hiding is null
                        ? UnpackAsync(part, lines, cancellationToken)
                        : Task.Run(() => PrivatePart.Write(part, hiding, lines, cancellationToken), cancellationToken)
                );
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

    private static async Task UnpackAsync(FetchedPart part, Stream output, CancellationToken cancellationToken)
    {
        using var lines = PartStream.Open(part);
        var buffer = new byte[1 << 17];
        for (int read; (read = lines.Read(buffer)) > 0; )
        {
            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private async Task<LakeFile> ParquetAsync(FetchedPart[] parts, CancellationToken cancellationToken)
    {
        var path = engine.NewPath();
        var hour = parts[0].Hour;
        try
        {
            var before = scan.Content[hour].Tally.Rows;
            var displaced = await CopyAsync(parts, path, cancellationToken);
            if (displaced.Count > 0)
            {
                await WithoutAsync(path, displaced, cancellationToken);
            }

            var rows = await RowsAsync(path, cancellationToken);
            SliceLoad.ThrowIfLost(scan.Slice, rows, scan.Content[hour].Tally.Rows - before);
            var part = parts.Length == 1 ? parts[0] : parts[0] with { Name = "rows" };
            var file = await PutAsync(part, await OfFileAsync(part, path, cancellationToken), cancellationToken);
            return file with { Part = parts.Length == 1 ? file.Part : null, Rows = rows };
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
                    $"COPY (FROM read_parquet('{whole}') WHERE ({LandedColumns.Part}, {LandedColumns.Line}) NOT IN ({places})) TO '{path}' {ParquetOptions}",
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
    private async Task<IReadOnlyList<(string Part, long Line)>> CopyAsync(
        IReadOnlyList<FetchedPart> parts,
        string path,
        CancellationToken cancellationToken
    )
    {
        using var connection = engine.Connect();
        using var relation = engine.Scans.OpenParts(scan, parts);
        await Task.Run(
            () => connection.Execute($"COPY (FROM {relation.Sql}) TO '{path}' {ParquetOptions}", cancellationToken),
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
