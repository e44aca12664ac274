using System.Globalization;
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
    private static readonly IReadOnlyList<Column> Columns = EventsTable.Definition.Columns;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Other_programs_find_the_rows_and_types_of_all_55_columns()
    {
        var script = Readers.Find("read.mjs", "@chdb/lib-linux-x64-gnu");
        await LoadAsync();
        var names = string.Join(',', Columns.Select(column => column.Name));
        var answer = await Command.RunAsync(["node", script, _folder.At("lake/amplitude"), names]);
        var theirs = JsonDocument.Parse(answer).RootElement;
        foreach (var reader in new[] { "hyparquet", "clickhouse" })
        {
            var types = theirs.GetProperty(reader).GetProperty("types");
            Assert.Equal(
                Columns.Select(column => TypeOf(column.Type, reader)),
                Columns.Select(column => types.GetProperty(column.Name).GetString())
            );
            var rows = theirs.GetProperty(reader).GetProperty("rows").Deserialize<string?[][]>()!;
            Assert.Equal(
                Extremes.Lines.SelectMany(line => Known(Extremes.Values(line), reader)),
                rows.SelectMany(row => Known(row.Zip(Columns, (text, column) => Value(text, column.Type)), reader))
            );
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string TypeOf(ColumnType type, string reader) =>
        (type, reader) switch
        {
            (ColumnType.Text, "hyparquet") => "UTF8",
            (ColumnType.Integer, "hyparquet") => "INT_64",
            (ColumnType.Number, "hyparquet") => "DOUBLE",
            (ColumnType.Boolean, "hyparquet") => "BOOLEAN",
            (ColumnType.Timestamp, "hyparquet") => "TIMESTAMP_MICROS",
            (ColumnType.Text, _) => "String",
            (ColumnType.Integer, _) => "Int64",
            (ColumnType.Number, _) => "Float64",
            (ColumnType.Boolean, _) => "Bool",
            (ColumnType.Timestamp, _) => "DateTime64(6, 'UTC')",
            _ => "JSON",
        };

    private static object? Value(string? text, ColumnType type) =>
        (text, type) switch
        {
            (null, _) => null,
            (_, ColumnType.Integer) => long.Parse(text, CultureInfo.InvariantCulture),
            (_, ColumnType.Number) => double.Parse(text, CultureInfo.InvariantCulture),
            (_, ColumnType.Boolean) => bool.Parse(text),
            (_, ColumnType.Timestamp) => DateTime.Parse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
            ),
            _ => text,
        };

    private static IEnumerable<object?> Known(IEnumerable<object?> row, string reader) =>
        row.Zip(Columns, (value, column) => Known(value, column, reader));

    /// <summary>
    /// As much of a value as the reader can hold: hyparquet's times have milliseconds, ClickHouse's lie between 1900 and
    /// 2299, and hyparquet gives JSON taken apart.
    /// </summary>
    private static object? Known(object? value, Column column, string reader) =>
        (value, reader) switch
        {
            (DateTime { Year: < 1900 or > 2298 }, "clickhouse") => "out of range",
            (DateTime time, "hyparquet") => (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond,
            (not null, "hyparquet") when column.Type == ColumnType.Json => "some",
            _ => value,
        };

    private async Task LoadAsync()
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
        await using var lake = await LakeDestination.OpenAsync(
            new FolderStore(_folder.At("lake"), TimeProvider.System),
            new LakeDestinationOptions { Format = LakeFormat.Parquet, ScratchFolder = _folder.At("scratch") },
            TimeProvider.System,
            default
        );
        await lake.LoadAsync(new Scan(fetched, new PipelineOptions(), now), default);
    }
}
