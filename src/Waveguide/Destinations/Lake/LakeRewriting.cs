using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Waveguide.Scanning;
using Waveguide.Storage;

namespace Waveguide.Destinations.Lake;

/// <summary>
/// Writes files of a lake again without what leaves. Of JSON every other line stays byte for byte and keeps its number: a
/// blank line is left where one goes.
/// </summary>
internal sealed class LakeRewriting(IObjectStore store, LakeEngine engine, ObjectCache cache, LakeLeaving leaving)
{
    /// <returns>The manifest that names the new files, and counts what is in them.</returns>
    public async Task<LakeManifest> WriteAsync(LakeManifest manifest, CancellationToken cancellationToken)
    {
        var hours = new List<LakeHour>();
        foreach (var hour in manifest.Hours)
        {
            hours.Add(await WriteAsync(manifest.Scope, hour, cancellationToken));
        }

        return manifest with
        {
            Hours = hours,
        };
    }

    /// <summary>Copies a part without these lines.</summary>
    public static void Blank(FetchedPart part, IReadOnlySet<long> lines, Stream output)
    {
        using var from = PartStream.Open(part);
        var buffer = new byte[1 << 17];
        var line = 1L;
        for (int read; (read = from.Read(buffer)) > 0; )
        {
            for (var rest = buffer.AsSpan(0, read); !rest.IsEmpty; )
            {
                var end = rest.IndexOf((byte)'\n');
                if (!lines.Contains(line))
                {
                    output.Write(end < 0 ? rest : rest[..end]);
                }

                if (end < 0)
                {
                    break;
                }

                output.WriteByte((byte)'\n');
                line++;
                rest = rest[(end + 1)..];
            }
        }
    }

    private async Task<LakeHour> WriteAsync(LakeScope scope, LakeHour hour, CancellationToken cancellationToken)
    {
        var (files, aside, gone) = (new List<LakeFile>(), new List<LakeFile>(), new HashSet<LeavingLine>());
        foreach (var file in hour.Files)
        {
            files.Add(await WriteAsync(scope, file, gone, cancellationToken));
        }

        foreach (var file in hour.Quarantine)
        {
            aside.Add(await WriteAsync(scope, file, gone, cancellationToken));
        }

        var tally = hour.Record.Tally with
        {
            Rows = hour.Record.Tally.Rows - Rows(gone),
            Rejected = hour.Record.Tally.Rejected - gone.Count(line => line.Rejected),
        };
        return hour with
        {
            Record = hour.Record with { Tally = tally },
            Files = files,
            Quarantine = [.. aside.Where(file => file.Rows > 0)],
        };
    }

    private async Task<LakeFile> WriteAsync(
        LakeScope scope,
        LakeFile file,
        HashSet<LeavingLine> gone,
        CancellationToken cancellationToken
    )
    {
        var isAside = file.Format == QuarantineWriter.Format;
        var lines = leaving.Of(scope, file).Where(line => !isAside || line.Rejected).ToList();
        gone.UnionWith(lines);
        if (lines.Count == 0)
        {
            return file;
        }

        var path = engine.NewPath();
        try
        {
            await WriteAsync(scope, file, lines, path, cancellationToken);
            var left = file.Rows - (isAside ? lines.Count : Rows(lines));
            return await PutAsync(file with { Rows = left }, path, cancellationToken);
        }
        finally
        {
            cache.Release(file);
            File.Delete(path);
        }
    }

    private async Task WriteAsync(
        LakeScope scope,
        LakeFile file,
        IReadOnlyCollection<LeavingLine> lines,
        string path,
        CancellationToken cancellationToken
    )
    {
        var old = cache.Take(file);
        if (file.Format == LakeFormat.Parquet.Name())
        {
            var rest = LakeLeaving.Rest(scope, file, old);
            await leaving.ExecuteAsync($"COPY ({rest}) TO '{path}' {FileWriter.ParquetOptions}", cancellationToken);
            return;
        }

        await using var output = File.Create(path);
        if (file.Format == QuarantineWriter.Format)
        {
            var gone = lines.Select(line => (line.Part, line.Line)).ToHashSet();
            await using var text = new StreamWriter(output);
            foreach (var line in File.ReadLines(old).Where(line => !gone.Contains(Place(line))))
            {
                await text.WriteAsync($"{line}\n");
            }

            return;
        }

        var part = LakeReading.Part(file, old);
        await using var packed = part.IsPlain ? output : (Stream)new GZipStream(output, CompressionLevel.Optimal);
        Blank(part, lines.Select(line => line.Line).ToHashSet(), packed);
    }

    /// <summary>Puts it under its name, with the new content's hash in it.</summary>
    private async Task<LakeFile> PutAsync(LakeFile file, string path, CancellationToken cancellationToken)
    {
        await using var bytes = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellationToken));
        var key = file.Key.Replace(file.Sha256[..16], hash[..16], StringComparison.Ordinal);
        if (file.Format != QuarantineWriter.Format || file.Rows > 0)
        {
            await store.PutAsync(key, ObjectContent.OfFile(path, 0, bytes.Length), cancellationToken);
        }

        return file with
        {
            Key = key,
            Bytes = bytes.Length,
            Sha256 = hash,
        };
    }

    private static int Rows(IEnumerable<LeavingLine> lines) =>
        lines.Where(line => !line.Rejected).Select(line => line.Row).Distinct(StringComparer.Ordinal).Count();

    private static (string Part, long Line) Place(string quarantined)
    {
        using var json = JsonDocument.Parse(quarantined);
        return (json.RootElement.GetProperty("part").GetString()!, json.RootElement.GetProperty("line").GetInt64());
    }
}
