using System.IO.Compression;
using System.Text;
using Waveguide.Amplitude;
using Waveguide.Amplitude.Bucket;
using Waveguide.Simulator;
using Waveguide.Storage;

namespace Waveguide.Tests.Sources;

/// <summary>What a bucket to which Amplitude exports promises beside what every source does, over each store.</summary>
public abstract class BucketContract : SourceContract
{
    private const int Organisation = 42;

    /// <summary>Opens the same store each time, which is empty at first.</summary>
    protected abstract Task<IObjectStore> StoreAsync();

    protected override async Task<ISource> OpenAsync() => Open(await StoreAsync());

    protected override async Task<ISource> OpenStalledAsync() => Open(new StalledStore(await StoreAsync()));

    private BucketSource Open(IObjectStore store) =>
        new(
            store,
            new BucketOptions
            {
                Project = "web",
                App = App,
                Organisation = Organisation,
                SpoolFolder = SpoolFolder,
            },
            Clock
        );

    protected override async Task PublishAsync(IExportData data, IEnumerable<DateTime> hours)
    {
        foreach (var part in hours.SelectMany(data.Parts))
        {
            await WriteAsync(part.Name, part.Gzip);
        }
    }

    [Fact]
    public async Task Where_there_are_markers_only_hours_that_have_theirs_are_planned()
    {
        await PutHoursAsync(3);
        foreach (var marked in (string[])["4", "6", "7"])
        {
            await WriteAsync($"{App}/{App}_2025-07-10_{marked}_complete", Array.Empty<byte>());
        }

        Assert.Equal(["T04", "T06", "T07"], await PlannedAsync(4));
        using var source = await OpenAsync();
        using var fetched = await FetchAsync(source, new HourRange(First.AddHours(2), First.AddHours(4)));
        Assert.Equal(["2"], fetched.Parts.Select(Text));
    }

    [Fact]
    public async Task Without_markers_an_hour_without_files_is_planned_after_a_day()
    {
        await PutAsync(0, 0, "a");
        await PutAsync(33, 0, "b");
        Clock.Advance(TimeSpan.FromHours(-20));
        Assert.Equal(["T04", "T05", "..", "T16", "T13"], [.. Ends(await PlannedAsync(34))]);

        static IEnumerable<string> Ends(List<string> hours) => [hours[0], hours[1], "..", hours[^2], hours[^1]];
    }

    [Fact]
    public async Task Files_of_merged_users_are_a_table_of_their_own_in_a_folder_or_without()
    {
        await PutHoursAsync(1);
        await WriteAsync($"-{Organisation}/-{Organisation}_2025-07-10_4.json.gz", Gzip("{\"uuid\":\"in a folder\"}\n"));
        await WriteAsync($"-{Organisation}_2025-07-10_5.json.gz", Gzip("{\"uuid\":\"without\"}\n"));
        await WriteAsync("-43/-43_2025-07-10_4.json.gz", Gzip("{\"uuid\":\"of others\"}\n"));
        using var source = await OpenAsync();
        var hours = new HourRange(First, First.AddHours(2));
        var slice = new Slice("web", MergedIdsTable.Definition, hours);
        using var merged = await source.FetchAsync(slice, content: null, default);
        Assert.Equal(["in a folder", "without"], merged.Parts.Select(Text));
        using var events = await FetchAsync(source, hours);
        Assert.Equal(["0"], events.Parts.Select(Text));
    }

    [Fact]
    public async Task Whatever_else_lies_in_the_bucket_is_passed_over()
    {
        await PutHoursAsync(1);
        foreach (
            var key in (string[])
                [
                    "readme.txt",
                    $"{App}/{App}_2025-07-10_4.csv",
                    $"{App}/{App}_2025-07-10_25#0.json.gz",
                    $"{App}/{App}_2025-07-10_4#0.json.gz.tmp",
                    $"{App}1/{App}1_2025-07-10_4#0.json.gz",
                ]
        )
        {
            await WriteAsync(key, Gzip("{\"uuid\":\"wrong\"}\n"));
        }

        using var source = await OpenAsync();
        using var fetched = await FetchAsync(source, new HourRange(First, First.AddHours(24)));
        Assert.Equal(["0"], fetched.Parts.Select(Text));
    }

    [Fact]
    public async Task A_bucket_without_a_file_of_the_project_is_an_error_and_no_row_of_empty_hours()
    {
        await WriteAsync("7/7_2025-07-10_4#0.json.gz", Gzip("{}\n"));
        var failure = await Assert.ThrowsAsync<SourceException>(() => PlannedAsync(2));
        Assert.Contains($"holds no file of project {App}", failure.Message, StringComparison.Ordinal);
    }

    private async Task<List<string>> PlannedAsync(int hours)
    {
        using var source = await OpenAsync();
        var slices = await source.PlanAsync(
            EventsTable.Definition,
            [new HourRange(First, First.AddHours(hours))],
            24,
            default
        );
        return [.. slices.SelectMany(slice => slice.Hours.Hours()).Select(hour => $"{hour}"[^3..])];
    }

    private static byte[] Gzip(string lines)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(lines));
        }

        return file.ToArray();
    }

    private async Task WriteAsync(string key, ReadOnlyMemory<byte> bytes)
    {
        await using var store = await StoreAsync();
        await store.PutAsync(key, ObjectContent.Of(bytes), default);
    }
}
