using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Waveguide.Amplitude;
using Waveguide.Destinations.Lake;
using Waveguide.LiveTests.Transform;
using Waveguide.Storage;
using Waveguide.Tests;
using Waveguide.Tests.Destinations;

namespace Waveguide.LiveTests.Lake;

/// <summary>Two readers that share no code with ours read a lake's Parquet: hyparquet, and ClickHouse as a library.</summary>
public sealed class ReaderTests : IDisposable
{
    private static readonly UploadHour Hour = UploadHour.Parse("2025-07-09T14");
    private static readonly string Scripts = Path.Combine(Repository.Root, "tests", "readers");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Other_programs_find_the_same_rows_and_types()
    {
        Witness.Require(
            Directory.Exists(Path.Combine(Scripts, "node_modules", "@chdb", "lib-linux-x64-gnu")),
            "the readers of tests/readers"
        );
        await using var lake = await LoadAsync();
        var ours = await OursAsync(lake);
        var theirs = await TheirsAsync();
        foreach (var reader in new[] { "hyparquet", "clickhouse" })
        {
            var rows = theirs.GetProperty(reader).GetProperty("rows").Deserialize<string?[][]>()!;
            Assert.Equal(
                ours,
                rows.Select(row => $"{row[0]} {row[1]} {row[2]} {row[6]}").Order(StringComparer.Ordinal)
            );
        }

        Assert.Equal(["INT_64", "UTF8", "DOUBLE", "BOOLEAN", "TIMESTAMP_MICROS", "JSON"], Types(theirs, "hyparquet"));
        Assert.Equal(
            ["Int64", "String", "Float64", "Bool", "DateTime64(6, 'UTC')", "JSON"],
            Types(theirs, "clickhouse")
        );
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string?> Types(JsonElement answer, string reader)
    {
        var types = answer.GetProperty(reader).GetProperty("types");
        string[] columns = ["amplitude_id", "device_id", "location_lat", "paying", "event_time", "event_properties"];
        return columns.Select(column => types.GetProperty(column).GetString());
    }

    private async Task<LakeDestination> LoadAsync()
    {
        var path = _folder.At("part.json.gz");
        await using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            foreach (var line in Extremes.Lines)
            {
                gzip.Write(line);
                gzip.Write("\n"u8);
            }
        }

        var bytes = await File.ReadAllBytesAsync(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var part = new FetchedPart(Hour, "1_2025-07-09_14#0.json.gz", path, 0, bytes.Length, hash);
        var now = DateTimeOffset.Parse("2025-08-01T00:00:00Z");
        using var fetched = new FetchedSlice(
            new Slice("web", EventsTable.Definition, HourRange.Single(Hour)),
            now,
            [part],
            new MemoryStream()
        );
        var lake = await LakeDestination.OpenAsync(
            new FolderStore(_folder.At("lake"), TimeProvider.System),
            new LakeDestinationOptions { Format = LakeFormat.Parquet, ScratchFolder = _folder.At("scratch") },
            TimeProvider.System,
            default
        );
        await lake.LoadAsync(new Scan(fetched, new PipelineOptions(), now), default);
        return lake;
    }

    private static async Task<List<string>> OursAsync(LakeDestination lake)
    {
        await using var result = await lake.QueryAsync(
            "SELECT concat_ws(' ', uuid, coalesce(event_type, ''), session_id, _line) FROM amplitude.events",
            [],
            default
        );
        var rows = await result.RowsAsync(default).Select(row => (string)row[0]!).ToListAsync();
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private async Task<JsonElement> TheirsAsync()
    {
        var script = Path.Combine(Scripts, "read.mjs");
        var start = new ProcessStartInfo("node", [script, _folder.At("lake/amplitude")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return JsonDocument.Parse(answer).RootElement.Clone();
    }
}
