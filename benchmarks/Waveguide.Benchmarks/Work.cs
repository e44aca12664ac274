using System.IO.Compression;
using Waveguide.Amplitude;
using Waveguide.Destinations.DuckDb;
using Waveguide.DuckDb;
using Waveguide.Http;
using Waveguide.Scanning;

namespace Waveguide.Benchmarks;

/// <summary>One measured piece of work on an archive on disk, in a process of its own.</summary>
internal static class Work
{
    /// <summary>Bytes; what <c>load.memory</c> is by default.</summary>
    public const long MemoryLimit = 160_000_000;

    /// <returns>Rows, or bytes where only bytes are read.</returns>
    public static Task<long> RunAsync(string kind, string archive, string folder) =>
        kind switch
        {
            "table" => TableAsync(archive, folder),
            "parquet" => ReadAsync(
                archive,
                folder,
                relation =>
                    $"COPY (FROM {relation}) TO '{folder}/parquet' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 10240, ROW_GROUPS_PER_FILE 12, OVERWRITE)"
            ),
            "scan" => ReadAsync(archive, folder, relation => $"SELECT count(COLUMNS(*)) FROM {relation}"),
            "read_json" => Task.FromResult(ReadJson(folder)),
            "gunzip" => Task.FromResult(Gunzip(folder)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such work"),
        };

    private static async Task<long> TableAsync(string archive, string folder)
    {
        var path = Path.Combine(folder, "warehouse.duckdb");
        File.Delete(path);
        var opening = Task.Run(() =>
            DuckDbDestination.Open(
                new DuckDbDestinationOptions { Path = path, MemoryLimitBytes = MemoryLimit },
                TimeProvider.System
            )
        );
        using var fetched = await VerifyAsync(archive, folder);
        await using var destination = await opening;
        var manifest = await destination.LoadAsync(Scan(fetched), default);
        return manifest.Hours.Sum(hour => hour.Tally.Rows);
    }

    private static async Task<long> ReadAsync(string archive, string folder, Func<string, string> statement)
    {
        using var fetched = await VerifyAsync(archive, folder);
        using var engine = DuckDbDatabase.Open(
            new DuckDbOptions
            {
                MemoryLimitBytes = MemoryLimit,
                PreserveInsertionOrder = false,
                TempDirectory = folder,
            }
        );
        using var connection = engine.Connect();
        var function = new ScanFunction();
        connection.Register(function);
        var scan = Scan(fetched);
        using var relation = function.Open(scan);
        using (var rows = connection.Query(statement(relation.Sql)))
        {
            rows.FetchChunk();
        }

        return fetched.Slice.Hours.Hours().Sum(hour => scan.Content[hour].Tally.Rows);
    }

    /// <summary>DuckDB's own reader on the parts as files, with the same names and types of the 55 columns.</summary>
    private static long ReadJson(string folder)
    {
        var path = Path.Combine(folder, "read_json.duckdb");
        File.Delete(path);
        using var engine = DuckDbDatabase.Open(new DuckDbOptions { Path = path, PreserveInsertionOrder = false });
        using var connection = engine.Connect();
        var columns = EventsTable.Definition.Columns.Select(column => $"'{column.Source}': '{TypeOf(column)}'");
        connection.Execute(
            $"CREATE TABLE events AS FROM read_json('{folder}/parts/*.gz', format = 'newline_delimited', columns = {{{string.Join(", ", columns)}}}); CHECKPOINT"
        );
        return (long)connection.Scalar("SELECT count(*) FROM events")!;
    }

    private static string TypeOf(Column column) =>
        column.Type switch
        {
            ColumnType.Text => "VARCHAR",
            ColumnType.Integer => "BIGINT",
            ColumnType.Number => "DOUBLE",
            ColumnType.Boolean => "BOOLEAN",
            ColumnType.Timestamp => "TIMESTAMP",
            _ => "JSON",
        };

    private static long Gunzip(string folder)
    {
        long bytes = 0;
        Parallel.ForEach(
            Directory.EnumerateFiles(Path.Combine(folder, "parts")),
            path =>
            {
                var buffer = new byte[1 << 17];
                using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
                long read = 0;
                for (int count; (count = stream.Read(buffer)) > 0; read += count) { }

                Interlocked.Add(ref bytes, read);
            }
        );
        return bytes;
    }

    /// <param name="counts">Whether the proof counts what the parts hold.</param>
    public static async Task<FetchedSlice> VerifyAsync(string archive, string folder, bool counts = false)
    {
        var hours = new HourRange(Day.From, Day.From.AddHours(24));
        var slice = new Slice("web", EventsTable.Definition, hours);
        var content = counts ? new SliceContent(slice, new PipelineOptions()) : null;
        var spool = new SpoolFolder(folder);
        var parts = await ExportArchive.VerifyAsync(hours, archive, spool, content, default);
        return new FetchedSlice(slice, TimeProvider.System.GetUtcNow(), parts, spool) { Content = content };
    }

    public static Scan Scan(FetchedSlice fetched) =>
        new(fetched, new PipelineOptions(), TimeProvider.System.GetUtcNow());
}
