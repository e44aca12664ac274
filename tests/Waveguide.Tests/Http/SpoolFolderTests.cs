using Waveguide.Http;
using Waveguide.Simulator;
using Waveguide.Tests.Amplitude;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Http;

public sealed class SpoolFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_a_dead_process_left_behind_is_removed()
    {
        var left = _folder.At("waveguide-4121-8f0c");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "export.zip"), "PK");
        File.WriteAllText(left + ".lock", "");
        SpoolFolder.RemoveLeft(_folder.Path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void What_is_in_use_is_kept_until_its_owner_is_done()
    {
        var spool = new SpoolFolder(_folder.Path);
        var place = spool.Take();
        File.WriteAllText(place.Archive, "PK");
        SpoolFolder.RemoveLeft(_folder.Path);
        spool.Dispose();
        Assert.True(File.Exists(place.Archive));
        place.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_place_that_is_given_back_is_emptied_for_the_next_and_goes_with_the_spool()
    {
        using var spool = new SpoolFolder(_folder.Path);
        var first = spool.Take();
        File.WriteAllText(first.Archive, "PK");
        File.WriteAllText(Path.Combine(first.Path, "0.gz"), "");
        first.Dispose();
        Assert.Equal([first.Archive], Directory.EnumerateFileSystemEntries(first.Path));
        using var next = spool.Take();
        Assert.Equal((first.Path, 0L), (next.Path, new FileInfo(next.Archive).Length));
        using var beside = spool.Take();
        Assert.NotEqual(next.Path, beside.Path);
        beside.Dispose();
        next.Dispose();
        spool.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_place_that_is_given_back_twice_is_given_to_one()
    {
        using var spool = new SpoolFolder(_folder.Path);
        var place = spool.Take();
        place.Dispose();
        using var next = spool.Take();
        place.Dispose();
        using var another = spool.Take();
        Assert.NotEqual(next.Path, another.Path);
    }

    [Fact]
    public void A_place_that_was_deleted_by_somebody_else_is_not_given_to_the_next()
    {
        using var spool = new SpoolFolder(_folder.Path);
        var place = spool.Take();
        Directory.Delete(_folder.Path, recursive: true);
        place.Dispose();
        using var next = spool.Take();
        File.WriteAllText(next.Archive, "PK");
        Assert.NotEqual(place.Path, next.Path);
    }

    [Fact]
    public void What_is_not_of_Waveguide_is_kept()
    {
        File.WriteAllText(_folder.At("other.lock"), "");
        Directory.CreateDirectory(_folder.At("waveguide-models"));
        SpoolFolder.RemoveLeft(_folder.Path);
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_folder.Path).Count());
    }

    [Fact]
    public async Task Many_at_once_take_nothing_from_each_other()
    {
        var shared = new SpoolFolder(_folder.Path);
        await Parallel.ForAsync(
            0,
            400,
            async (number, token) =>
            {
                using var own = new SpoolFolder(_folder.Path);
                using var place = (number % 2 == 0 ? own : shared).Take();
                await File.WriteAllTextAsync(place.Archive, $"{number}", token);
                SpoolFolder.RemoveLeft(_folder.Path);
                Assert.Equal($"{number}", await File.ReadAllTextAsync(place.Archive, token));
            }
        );
        shared.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_place_is_closed_to_other_users()
    {
        using var spool = new SpoolFolder(_folder.Path);
        using var place = spool.Take();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(place.Path)
            );
        }
    }

    [Theory]
    [InlineData(1L << 60)]
    [InlineData(long.MaxValue)]
    public void A_disk_that_is_too_small_is_told_with_both_amounts(long bytes)
    {
        using var spool = new SpoolFolder(_folder.Path);
        var failure = Assert.Throws<SourceException>(() => spool.ThrowIfFull(bytes));
        Assert.Equal(SourceFailure.NoSpool, failure.Failure);
        Assert.StartsWith(
            $"The disk of the spool folder {_folder.Path} is full: ",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            $" MB are free, {(bytes >> 20) + 64:N0} MB are needed.",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("load.spool", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_is_announced_larger_than_the_disk_is_not_begun()
    {
        await using var server = new RawServer("HTTP/1.1 200 OK", $"Content-Length: {1L << 60}", "", "PK");
        var failure = await FailureAsync(options => options with { Url = server.Address });
        Assert.Equal(SourceFailure.NoSpool, failure.Failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_and_nothing_is_asked()
    {
        File.WriteAllText(_folder.At("file"), "");
        var spool = Path.Combine(_folder.At("file"), "spool");
        var failure = await FailureAsync(options => options with { SpoolFolder = spool });
        Assert.Equal(SourceFailure.NoSpool, failure.Failure);
        Assert.False(failure.IsTransient);
        Assert.StartsWith($"The spool folder {spool} cannot be used (", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Make it writable, or set load.spool to another folder.", failure.Hint);
    }

    [Fact]
    public async Task A_folder_that_vanishes_while_fetching_is_no_fault_of_Amplitude()
    {
        await using var desk = await Desk.StartAsync(new FaultRule { Fault = FaultKind.Delay, Seconds = 0.2 });
        var fetch = desk.FetchAsync();
        await desk.CalledAsync();
        Directory.Delete(desk.Spool, recursive: true);
        var failure = await Assert.ThrowsAsync<SourceException>(() => fetch);
        Assert.Equal(SourceFailure.NoSpool, failure.Failure);
        Assert.Equal(1, desk.Calls);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<SourceException> FailureAsync(
        Func<Waveguide.Amplitude.AmplitudeOptions, Waveguide.Amplitude.AmplitudeOptions> change
    )
    {
        await using var desk = await Desk.StartAsync(Desk.Simulation(Exporter.ThreeHours()), change);
        var failure = await desk.FailureAsync();
        Assert.Equal(0, desk.Calls);
        return failure;
    }
}
