using Waveguide.Amplitude;
using Waveguide.Destinations.DuckDb;
using Waveguide.DuckDb;

namespace Waveguide.Tests.Destinations;

/// <summary>What is said about a warehouse file that cannot be used.</summary>
public sealed class WarehouseFileTests : IDisposable
{
    private const string Descriptions =
        "SELECT count(comment), count(*) FROM duckdb_columns() WHERE table_name = 'events'";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("amplitude.duckdb")]
    [InlineData("Waveguide.db")]
    [InlineData("analytics")]
    public void A_file_named_like_a_schema_is_refused(string name)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Open(name));
        Assert.Contains("ambiguous", refusal.Hint, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At(name)));
    }

    [Fact]
    public void Another_kind_of_file_is_refused_and_left_alone()
    {
        File.WriteAllText(_folder.At("notes.duckdb"), new string('x', 5000));
        var refusal = Assert.Throws<DestinationException>(() => Open("notes.duckdb"));
        Assert.Contains("is not a DuckDB file", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), File.ReadAllText(_folder.At("notes.duckdb")));
    }

    [Fact]
    public void A_folder_is_refused()
    {
        Directory.CreateDirectory(_folder.At("lake"));
        Assert.Contains(
            "is a folder",
            Assert.Throws<DestinationException>(() => Open("lake")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_path_without_a_folder_is_refused()
    {
        var refusal = Assert.Throws<DestinationException>(() => Open(Path.Combine("nowhere", "warehouse.duckdb")));
        Assert.Contains("cannot be opened or written", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("folder exists", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void To_look_at_a_warehouse_that_is_not_there_makes_none()
    {
        var refusal = Assert.Throws<DestinationException>(() => Open("warehouse.duckdb", readOnly: true));
        Assert.Contains("There is no warehouse", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void To_look_at_a_file_without_waveguide_data_says_so()
    {
        using (var other = DuckDbDatabase.Open(new DuckDbOptions { Path = _folder.At("other.duckdb") }))
        using (var connection = other.Connect())
        {
            connection.Execute("CREATE TABLE t (i INTEGER)");
        }

        var refusal = Assert.Throws<DestinationException>(() => Open("other.duckdb", readOnly: true));
        Assert.Contains("holds no Waveguide data", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_may_look_at_once_and_nobody_writes_while_looking()
    {
        await Open("warehouse.duckdb").DisposeAsync();
        await using var one = Open("warehouse.duckdb", readOnly: true);
        var refusal = await Assert.ThrowsAsync<DestinationException>(() =>
            one.QueryAsync("CREATE TABLE t (i INTEGER)", [], default)
        );
        Assert.Contains("read-only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_looks_while_somebody_of_the_same_process_writes()
    {
        await using (Open("warehouse.duckdb"))
        {
            var refusal = Assert.Throws<DestinationException>(() => Open("warehouse.duckdb", readOnly: true));
            Assert.Contains($"is in use by waveguide (process {Environment.ProcessId}", refusal.Message);
        }

        await using var reader = Open("warehouse.duckdb", readOnly: true);
    }

    [Fact]
    public async Task Columns_are_described_where_they_land()
    {
        await using var destination = Open("warehouse.duckdb");
        var slice = new Slice("web", EventsTable.Definition, HourRange.Single(UploadHour.Parse("2025-07-09")));
        await destination.ForgetAsync(slice, default);
        await using var result = await destination.QueryAsync(Descriptions, [], default);
        Assert.Equal([61L, 61L], await result.RowsAsync(default).SingleAsync());
    }

    [Fact]
    public async Task A_column_that_an_older_load_did_not_know_is_added()
    {
        var slice = new Slice("web", EventsTable.Definition, HourRange.Single(UploadHour.Parse("2025-07-09")));
        await using (var destination = Open("warehouse.duckdb"))
        {
            await destination.ForgetAsync(slice, default);
        }

        using (var file = DuckDbDatabase.Open(new DuckDbOptions { Path = _folder.At("warehouse.duckdb") }))
        using (var connection = file.Connect())
        {
            connection.Execute("ALTER TABLE amplitude.events DROP COLUMN plan");
        }

        await using var again = Open("warehouse.duckdb");
        await again.ForgetAsync(slice, default);
        await using var result = await again.QueryAsync("SELECT count(plan) FROM amplitude.events", [], default);
        Assert.Equal(0L, (await result.RowsAsync(default).SingleAsync())[0]);
        await using var described = await again.QueryAsync(Descriptions, [], default);
        Assert.Equal([61L, 61L], await described.RowsAsync(default).SingleAsync());
    }

    [Fact]
    public async Task A_file_keeps_the_size_of_its_blocks_and_a_new_one_has_small_ones()
    {
        DuckDbDatabase.Open(new DuckDbOptions { Path = _folder.At("older.duckdb") }).Dispose();
        const string BlockSize = "SELECT block_size FROM pragma_database_size() WHERE database_name = 'warehouse'";
        Assert.Equal(262_144L, await ValueAsync("older.duckdb", BlockSize));
        Assert.Equal(65_536L, await ValueAsync("new.duckdb", BlockSize));
    }

    [Fact]
    public async Task Values_that_seldom_repeat_are_stored_without_a_search_for_repeats()
    {
        var slice = new Slice("web", EventsTable.Definition, HourRange.Single(UploadHour.Parse("2025-07-09")));
        await using (var destination = Open("warehouse.duckdb"))
        {
            await destination.ForgetAsync(slice, default);
        }

        using (var file = DuckDbDatabase.Open(new DuckDbOptions { Path = _folder.At("warehouse.duckdb") }))
        using (var connection = file.Connect())
        {
            connection.Execute(
                "INSERT INTO amplitude.events (uuid, event_properties) SELECT uuid(), json_object('n', n) FROM range(5000) t (n)"
            );
        }

        const string Kinds = """
            SELECT string_agg(DISTINCT column_name || ' ' || compression, ', ' ORDER BY column_name || ' ' || compression)
            FROM pragma_storage_info('amplitude.events')
            WHERE column_name IN ('uuid', 'event_properties') AND segment_type <> 'VALIDITY'
            """;
        Assert.Equal("event_properties ZSTD, uuid Uncompressed", await ValueAsync("warehouse.duckdb", Kinds));
    }

    [Fact]
    public async Task No_note_of_an_owner_stays_behind()
    {
        await Open("warehouse.duckdb").DisposeAsync();
        Assert.Equal([_folder.At("warehouse.duckdb")], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<object?> ValueAsync(string name, string sql)
    {
        await using var destination = Open(name);
        await using var result = await destination.QueryAsync(sql, [], default);
        return (await result.RowsAsync(default).SingleAsync())[0];
    }

    private DuckDbDestination Open(string name, bool readOnly = false) =>
        DuckDbDestination.Open(
            new DuckDbDestinationOptions { Path = _folder.At(name), ReadOnly = readOnly },
            TimeProvider.System
        );
}
