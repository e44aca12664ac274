using Waveguide.Destinations.DuckDb;
using Waveguide.DuckDb;

namespace Waveguide.Tests.Destinations;

public sealed class DuckDbDestinationTests : DestinationContract
{
    private string Warehouse => Folder.At("warehouse.duckdb");

    protected override Task<IDestination> OpenAsync(string folder, bool looks = false)
    {
        var options = new DuckDbDestinationOptions { Path = Warehouse, ReadOnly = looks };
        return Task.FromResult<IDestination>(DuckDbDestination.Open(options, new ImpatientClock(Now)));
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_leaves_no_row_and_no_rejected_line_behind()
    {
        await LoadAsync(Part(0, "a"));
        Execute("UPDATE waveguide.hours SET reason = 'some'");
        Execute("ALTER TABLE waveguide.hours ALTER reason SET NOT NULL");
        var before = (await CoverageAsync()).Records;
        await Assert.ThrowsAsync<DestinationException>(() =>
            LoadAsync(Part(0, "other"), PartOf(1, "no json"u8.ToArray()))
        );
        Assert.Equal(["a"], await UuidsAsync());
        Assert.Equal(0L, Execute("SELECT count(*) FROM waveguide.quarantine"));
        Assert.Equal(before, (await CoverageAsync()).Records);
    }

    [Fact]
    public async Task A_load_keeps_three_quarters_of_its_memory_for_blocks_and_nothing_else_keeps_any()
    {
        var options = new DuckDbDestinationOptions { Path = Warehouse, MemoryLimitBytes = 100 << 20 };
        await using var destination = DuckDbDestination.Open(options, new ImpatientClock(Now));
        Assert.Equal("0 bytes", await KeptAsync(destination));
        using var fetched = Fetched(Part(0, "a"));
        for (var load = 0; load < 2; load++)
        {
            await destination.LoadAsync(new Scan(fetched, new PipelineOptions(), Now) { Rewrites = true }, default);
            Assert.Equal("75.0 MiB", await KeptAsync(destination));
        }
    }

    private static async Task<object?> KeptAsync(DuckDbDestination destination)
    {
        await using var result = await destination.QueryAsync(
            "SELECT current_setting('block_allocator_memory')",
            [],
            default
        );
        return (await result.RowsAsync(default).SingleAsync())[0];
    }

    /// <summary>The first layout had no table of those who were erased; nothing else was different.</summary>
    protected override async Task MakeFirstLayoutAsync()
    {
        await LoadAsync(Part(0, "a"), PartOf(1, Rig.Line("b"), "no json"u8.ToArray()));
        Execute("DROP TABLE waveguide.erased");
        await WriteLayoutAsync(1);
    }

    protected override Task<int> LayoutAsync() =>
        Task.FromResult((int)Execute("SELECT version FROM waveguide.layout")!);

    protected override Task WriteLayoutAsync(int layout)
    {
        Execute($"UPDATE waveguide.layout SET version = {layout}");
        return Task.CompletedTask;
    }

    /// <summary>Asks the file without ours.</summary>
    private object? Execute(string sql)
    {
        using var file = DuckDbDatabase.Open(new DuckDbOptions { Path = Warehouse });
        using var connection = file.Connect();
        return connection.Scalar(sql);
    }
}
