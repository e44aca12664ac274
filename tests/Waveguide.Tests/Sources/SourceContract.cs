using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Waveguide.Amplitude;
using Waveguide.Destinations.DuckDb;
using Waveguide.Simulator;

namespace Waveguide.Tests.Sources;

/// <summary>
/// What every source of events promises. It is 12:30 UTC on 12 July 2025: the hour of 9 o'clock is safe to ask for, the
/// next is not. A subclass says how files come to where the source finds them, and how the source is opened.
/// </summary>
public abstract class SourceContract : IAsyncDisposable
{
    private protected const long App = 100_000_001;

    private readonly TemporaryFolder _folder = new();
    private readonly MemoryData _data = new();

    private protected static UploadHour First { get; } = UploadHour.Parse("2025-07-10T04");

    private protected ImpatientClock Clock { get; } = new(new DateTimeOffset(2025, 7, 12, 12, 30, 0, TimeSpan.Zero));

    private protected string SpoolFolder => _folder.At("spool");

    /// <summary>Makes the files of these hours the ones that the source has of them.</summary>
    protected abstract Task PublishAsync(IExportData data, IEnumerable<DateTime> hours);

    protected abstract Task<ISource> OpenAsync();

    /// <summary>Opens it so that files begin to come, and their second halves do not.</summary>
    protected abstract Task<ISource> OpenStalledAsync();

    public virtual ValueTask DisposeAsync()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_lines_of_an_hour_are_the_truth_byte_for_byte_and_in_their_files()
    {
        await PutAsync(0, 3, "a", "b");
        await PutAsync(0, 70, "c é \\u00e9");
        await PutAsync(1, 3, "d");
        using var source = await OpenAsync();
        using var fetched = await FetchAsync(source, new HourRange(First, First.Next));
        Assert.Equal(
            [$"{App}_2025-07-10_4#3.json.gz a b", $"{App}_2025-07-10_4#70.json.gz c é \\u00e9"],
            fetched.Parts.Select(part => $"{part.Name} {Text(part)}")
        );
        Assert.All(fetched.Parts, part => Assert.Equal(First, part.Hour));
        Assert.All(fetched.Parts, part => Assert.Matches("^[0-9a-f]{64}$", part.Sha256));
        Assert.Equal(source.Project, fetched.Slice.Project);
        Assert.Equal(Clock.GetUtcNow(), fetched.ReadAt);
    }

    [Fact]
    public async Task The_first_hour_is_included_and_the_end_is_not()
    {
        await PutHoursAsync(5);
        using var source = await OpenAsync();
        using var fetched = await FetchAsync(source, new HourRange(First.Next, First.AddHours(4)));
        Assert.Equal(["1", "2", "3"], fetched.Parts.Select(Text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(24)]
    public async Task However_wide_the_window_slices_hold_every_hour_once(int window)
    {
        await PutHoursAsync(5);
        using var source = await OpenAsync();
        var table = EventsTable.Definition;
        HourRange[] wanted = [new(First, First.AddHours(2)), new(First.AddHours(3), First.AddHours(5))];
        var slices = await source.PlanAsync(table, wanted, window, default);
        Assert.All(slices, slice => Assert.InRange(slice.Hours.Count, 1, window));
        Assert.All(slices, slice => Assert.Equal((source.Project, table.Name), (slice.Project, slice.Table.Name)));
        Assert.Equal(wanted.SelectMany(range => range.Hours()), slices.SelectMany(slice => slice.Hours.Hours()));
        var fetched = await Task.WhenAll(slices.Select(slice => source.FetchAsync(slice, content: null, default)));
        Assert.Equal(["0", "1", "3", "4"], fetched.SelectMany(slice => slice.Parts).Select(Text));
        Array.ForEach(fetched, slice => slice.Dispose());
    }

    [Fact]
    public async Task An_hour_without_data_is_an_empty_one_and_no_failure()
    {
        await PutAsync(0, 0, "a");
        using var source = await OpenAsync();
        using var beside = await FetchAsync(source, new HourRange(First, First.AddHours(2)));
        Assert.Equal(["a"], beside.Parts.Select(Text));
        using var alone = await FetchAsync(source, HourRange.Single(First.Next));
        Assert.Empty(alone.Parts);
    }

    [Fact]
    public async Task An_hour_that_is_not_there_yet_stays_missing_until_it_has_come()
    {
        await PutAsync(0, 0, "a");
        var late = UploadHour.Parse("2025-07-12T11");
        using var source = await OpenAsync();
        await using var warehouse = DuckDbDestination.Open(
            new DuckDbDestinationOptions { Path = _folder.At("warehouse.duckdb") },
            Clock
        );
        await RunAsync(source, warehouse);
        var before = await warehouse.CoverageAsync(source.Project, EventsTable.Definition, default);
        Assert.Null(before[late]);
        Assert.True(before.Holds(First));
        Clock.Advance(TimeSpan.FromHours(3));
        await PutAsync(late - First, 0, "late");
        await RunAsync(source, warehouse);
        var after = await warehouse.CoverageAsync(source.Project, EventsTable.Definition, default);
        Assert.Equal(1, after[late]!.Tally.Rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_file_fails_its_slice_leaves_nothing_and_others_can_be_had(bool counts)
    {
        await PutHoursAsync(3);
        var hour = First.Next.Start;
        var whole = _data.Parts(hour)[0];
        await PublishAsync(new MemoryData { App = App }.Add(hour, whole with { Gzip = whole.Gzip[..^3] }), [hour]);
        using var source = await OpenAsync();
        var slice = new Slice(source.Project, EventsTable.Definition, new HourRange(First, First.AddHours(3)));
        var content = counts ? new SliceContent(slice, new PipelineOptions()) : null;
        var failure = await Assert.ThrowsAsync<SourceException>(() => source.FetchAsync(slice, content, default));
        Assert.False(content is { IsWhole: true });
        Assert.Equal(SourceFailure.Damaged, failure.Failure);
        Assert.Contains($"{App}_2025-07-10_5#0.json.gz", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Spooled());
        using var fetched = await FetchAsync(source, HourRange.Single(First.AddHours(2)));
        Assert.Equal(["2"], fetched.Parts.Select(Text));
        await PublishAsync(_data, [hour]);
        using var mended = await source.FetchAsync(slice, content, default);
        Assert.Equal(["0", "1", "2"], mended.Parts.Select(Text));
        Assert.Equal(counts, mended.Content is { IsWhole: true });
        Assert.All(slice.Hours.Hours(), hour => Assert.Equal(counts ? 1 : 0, content?[hour].Tally.Rows ?? 0));
    }

    [Fact]
    public async Task A_fetch_that_is_cancelled_ends_and_leaves_nothing()
    {
        await PutHoursAsync(3);
        using var source = await OpenAsync();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var slice = new Slice(source.Project, EventsTable.Definition, new HourRange(First, First.AddHours(3)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            source.FetchAsync(slice, content: null, stopped.Token)
        );
        Assert.Empty(Spooled());
    }

    [Fact]
    public async Task A_fetch_that_is_cancelled_in_the_middle_of_a_file_ends_and_leaves_nothing()
    {
        // Too long, even compressed, to wait in a buffer before it is written.
        var line = Convert.ToHexString(RandomNumberGenerator.GetBytes(1 << 18));
        await PutAsync(0, 0, line);
        using var source = await OpenStalledAsync();
        using var stopped = new CancellationTokenSource();
        var slice = new Slice(source.Project, EventsTable.Definition, HourRange.Single(First));
        var fetching = source.FetchAsync(slice, content: null, stopped.Token);
        while (!fetching.IsCompleted && !Spooled().Any(path => new FileInfo(path).Length > 1 << 14))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        Assert.Empty(Spooled());
    }

    [Fact]
    public async Task Fetched_files_are_equal_each_time_and_go_with_their_slice()
    {
        await PutHoursAsync(2);
        var source = await OpenAsync();
        var hours = new HourRange(First, First.AddHours(2));
        var (one, two) = (await FetchAsync(source, hours), await FetchAsync(source, hours));
        Assert.Equal(
            one.Parts.Select(part => (part.Hour, part.Name, part.Length, part.Sha256)),
            two.Parts.Select(part => (part.Hour, part.Name, part.Length, part.Sha256))
        );
        one.Dispose();
        Assert.All(two.Parts, part => Assert.True(File.Exists(part.Path)));
        two.Dispose();
        Assert.Empty(Spooled());
        source.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(SpoolFolder));
    }

    private protected Task PutAsync(int hour, int shard, params string[] uuids)
    {
        var start = First.AddHours(hour).Start;
        _data.Add(start, shard, [.. uuids.Select(uuid => Encoding.UTF8.GetBytes($$"""{"uuid":"{{uuid}}"}"""))]);
        return PublishAsync(_data, [start]);
    }

    private protected async Task PutHoursAsync(int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            await PutAsync(hour, 0, $"{hour}");
        }
    }

    private protected static Task<FetchedSlice> FetchAsync(ISource source, HourRange hours) =>
        source.FetchAsync(new Slice(source.Project, EventsTable.Definition, hours), content: null, default);

    /// <summary>The <c>uuid</c> of each line, as it is written, with blanks between them.</summary>
    private protected static string Text(FetchedPart part)
    {
        using var file = File.OpenRead(part.Path);
        file.Position = part.Offset;
        var bytes = new byte[part.Length];
        file.ReadExactly(bytes);
        using var lines = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        return string.Join(
            ' ',
            lines
                .ReadToEnd()
                .TrimEnd('\n')
                .Split('\n')
                .Select(line => line.Replace("{\"uuid\":\"", "", StringComparison.Ordinal))
                .Select(line => line.Replace("\"}", "", StringComparison.Ordinal))
        );
    }

    private Task<RunReport> RunAsync(ISource source, IDestination warehouse) =>
        new Pipeline(source, warehouse, new PipelineOptions(), Clock, new Progress<PipelineEvent>()).RunAsync(
            EventsTable.Definition,
            new RunRequest(First, Until: null),
            default
        );

    private IReadOnlyList<string> Spooled() => _folder.Filled("spool");
}
