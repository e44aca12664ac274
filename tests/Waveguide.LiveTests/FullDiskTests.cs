using Waveguide.Destinations.DuckDb;
using Waveguide.Tests;
using Waveguide.Tests.Destinations;

namespace Waveguide.LiveTests;

/// <summary>What a fault at each call of its store is to a lake, a disk that is full at any moment is to a warehouse.</summary>
public sealed class FullDiskTests : DestinationRig
{
    private const int Plenty = 100 << 10;

    private string Warehouse => Folder.At(Path.Combine("disk", "warehouse.duckdb"));

    private string Log => Warehouse + ".wal";

    protected override Task<IDestination> OpenAsync(string folder, bool looks = false)
    {
        var options = new DuckDbDestinationOptions { Path = Warehouse, ReadOnly = looks };
        return Task.FromResult<IDestination>(DuckDbDestination.Open(options, new ImpatientClock(Now)));
    }

    /// <param name="rows">Few are written to DuckDB's log at the commit and to the file afterwards; of many, most before.</param>
    /// <param name="step">Kilobytes that a load has more than the one that failed.</param>
    [Theory]
    [InlineData(1, 4)]
    [InlineData(40_000, 128)]
    public async Task Wherever_in_a_commit_the_disk_is_full_a_slice_is_there_whole_or_not_at_all(int rows, int step)
    {
        using var disk = SmallDisk.Mount(Folder.At("disk"), Plenty >> 10);
        Assert.SkipWhen(disk is null, "A small disk can be mounted only by root on Linux.");
        string[] many = [.. Enumerable.Range(0, rows).Select(row => $"c{row}")];
        FetchedPart[] after = [Part(0, "a"), PartOf(1, Rig.Line("b"), "no json"u8.ToArray()), Part(2, many)];
        await LoadAsync(Part(0, "a"), Part(1, "b"));
        File.Copy(Warehouse, Folder.At("before"));
        var (failed, logged, isWritten) = (0, 0, false);
        for (var room = 0; !isWritten; room += logged > 0 ? 8 * step : step)
        {
            File.Delete(Log);
            File.Copy(Folder.At("before"), Warehouse, overwrite: true);
            disk.Resize(disk.Used() + room);
            var failure = await Record.ExceptionAsync(() => LoadAsync(after));
            isWritten = failure is null && !File.Exists(Log);
            (failed, logged) = failure is null ? (failed, logged + 1) : (failed + 1, logged);
            Assert.Equal(failure is null ? rows + 2 : 2, (await UuidsAsync(looks: true)).Count);
            Assert.Contains("is full", failure?.Message ?? "is full", StringComparison.Ordinal);
            disk.Resize(Plenty);
            await LoadAsync(after);
            Assert.Equal(rows + 2, (await UuidsAsync()).Count);
        }

        Assert.True(failed > 1 && logged > 1, $"{failed} loads failed, {logged} did not");
    }
}
