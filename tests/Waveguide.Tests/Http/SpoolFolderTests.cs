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
        SpoolFolder.Open(_folder.Path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void What_is_in_use_is_kept_until_its_owner_is_done()
    {
        using var place = SpoolFolder.Open(_folder.Path).NewPlace();
        File.WriteAllText(Path.Combine(place.Path, "export.zip"), "PK");
        SpoolFolder.Open(_folder.Path);
        Assert.True(File.Exists(Path.Combine(place.Path, "export.zip")));
        place.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void What_is_not_of_Waveguide_is_kept()
    {
        File.WriteAllText(_folder.At("other.lock"), "");
        Directory.CreateDirectory(_folder.At("waveguide-models"));
        SpoolFolder.Open(_folder.Path);
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_folder.Path).Count());
    }

    [Fact]
    public async Task Many_at_once_take_nothing_from_each_other()
    {
        await Parallel.ForAsync(
            0,
            400,
            async (number, token) =>
            {
                using var place = SpoolFolder.Open(_folder.Path).NewPlace();
                var file = Path.Combine(place.Path, "export.zip");
                await File.WriteAllTextAsync(file, $"{number}", token);
                SpoolFolder.Open(_folder.Path);
                Assert.Equal($"{number}", await File.ReadAllTextAsync(file, token));
            }
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_place_is_closed_to_other_users()
    {
        using var place = SpoolFolder.Open(_folder.Path).NewPlace();
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
        var failure = Assert.Throws<SourceException>(() => SpoolFolder.Open(_folder.Path).ThrowIfFull(bytes));
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
