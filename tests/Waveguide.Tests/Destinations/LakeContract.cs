using Waveguide.Destinations.DuckDb;
using Waveguide.Destinations.Lake;
using Waveguide.Scanning;
using Waveguide.Storage;

namespace Waveguide.Tests.Destinations;

/// <summary>
/// What a lake promises beside what every destination does, in each format and over each store. A subclass says how its
/// store is opened, and finds what is half-written there.
/// </summary>
public abstract partial class LakeContract(LakeFormat format) : DestinationContract
{
    private const string Ledger = "_waveguide/ledger/events/web/2025-07-09.jsonl";

    /// <summary>Of so many calls of the store only one fails in each way; another one in another way.</summary>
    protected virtual int Stride => 1;

    /// <summary>Opens the same store each time.</summary>
    protected abstract Task<IObjectStore> StoreAsync();

    /// <summary>What is neither an object nor the lock.</summary>
    protected abstract Task<IReadOnlyList<string>> HalfWrittenAsync();

    protected override async Task<IDestination> OpenAsync(string folder, bool looks = false) =>
        await OpenAsync(await StoreAsync(), options => options with { ReadOnly = looks });

    [Theory]
    [InlineData(StoreFault.Refused)]
    [InlineData(StoreFault.Lost)]
    [InlineData(StoreFault.Cancelled)]
    public async Task Whatever_call_of_the_store_fails_a_slice_is_there_whole_or_not_at_all(StoreFault fault)
    {
        FetchedPart[] before = [Part(0, "a"), Part(1, "b")];
        FetchedPart[] after = [Part(0, "a"), PartOf(1, Rig.Line("b"), "no json"u8.ToArray()), Part(2, "c")];
        for (var at = 1 + ((int)fault % Stride); ; at += Stride)
        {
            await LoadAsync(before);
            var store = new FaultyStore(await StoreAsync(), at, fault);
            await LoadFromAsync(store, after);
            Assert.Contains(string.Concat(await UuidsAsync()), new[] { "ab", "abc" });
            await LoadAsync(after);
            Assert.Equal(["a", "b", "c"], await UuidsAsync());
            Assert.Equal(3, (await KeysAsync("amplitude/")).Count);
            Assert.Single(await KeysAsync("_waveguide/quarantine/"));
            Assert.Empty(await KeysAsync("_waveguide/writing/"));
            Assert.Empty(await HalfWrittenAsync());
            await ClearAsync();
            if (!store.Failed)
            {
                Assert.InRange(at, 10, 100);
                return;
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_answers_as_a_warehouse_does_whoever_counted_its_rows_and_wherever_its_files_are(bool counted)
    {
        FetchedPart[] parts =
        [
            PartOf(0, [.. Extremes.Lines]),
            Part(1, "twice", "once"),
            Part(1, "twice"),
            PartOf(2, "[]"u8.ToArray(), Rig.Line("a"), "{"u8.ToArray()),
        ];
        var content = new SliceContent(Slice(), new PipelineOptions());
        await PartCount.ProveAsync(parts, counted ? content : null, default);
        using var fetched = new FetchedSlice(Slice(), Now, parts, new MemoryStream()) { Content = content };
        await LoadAsync(fetched);
        var options = new DuckDbDestinationOptions { Path = Folder.At("warehouse.duckdb") };
        await using var warehouse = DuckDbDestination.Open(options, new ImpatientClock(Now));
        await warehouse.LoadAsync(new Scan(fetched, new PipelineOptions(), Now), default);
        var expected = await AnswersAsync(warehouse);
        await using (var near = await OpenAsync(Folder.Path))
        {
            Assert.Equal(expected, await AnswersAsync(near));
        }

        await using var far = await OpenAsync(new FaultyStore(await StoreAsync()));
        Assert.Equal(expected, await AnswersAsync(far));
    }

    [Fact]
    public async Task A_part_that_changed_after_it_was_counted_is_not_kept()
    {
        var content = new SliceContent(Slice(), new PipelineOptions());
        FetchedPart[] parts = [Part(0, "a"), Part(1, "b")];
        await PartCount.ProveAsync(parts, content, default);
        File.Copy(Part(1, "c").Path, parts[1].Path, overwrite: true);
        using var fetched = new FetchedSlice(Slice(), Now, parts, new MemoryStream()) { Content = content };
        // Rows of Parquet are counted again as they are written.
        var keeps = format != LakeFormat.Parquet;
        Assert.Equal(keeps, await Record.ExceptionAsync(() => LoadAsync(fetched)) is SourceException);
        Assert.Equal(keeps ? 0 : 2, (await KeysAsync("amplitude/")).Count);
    }

    [Fact]
    public async Task A_statement_that_recurs_reads_a_table_as_often_as_it_needs()
    {
        await LoadAsync(PartOf(0, Rig.Line("a", "b"), Rig.Line("c", "d")), PartOf(1, Rig.Line("b", "c")));
        const string chain = """
            WITH RECURSIVE chain AS (
                SELECT 'a' AS step UNION SELECT event_type FROM chain JOIN amplitude.events ON uuid = step
            )
            FROM chain ORDER BY step
            """;
        Assert.Equal(["a", "b", "c", "d"], await CellsAsync(chain));
    }

    [Fact]
    public async Task Coverage_comes_from_the_manifests_alone()
    {
        await LoadAsync(Part(0, "a"), Part(1, "b"));
        var before = (await CoverageAsync()).Records;
        await ClearAsync("amplitude/");
        Assert.Equal(before, (await CoverageAsync()).Records);
        var failure = await Assert.ThrowsAsync<DestinationException>(UuidsAsync);
        Assert.Contains("is not there, though the ledger names it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_somebody_altered_in_the_store_is_named_and_no_row_of_it_is_believed()
    {
        await LoadAsync(Part(0, "a"));
        var key = Assert.Single(await KeysAsync("amplitude/"));
        await WriteAsync(key, "other");
        await using var far = await OpenAsync(new FaultyStore(await StoreAsync()));
        var failure = await Assert.ThrowsAsync<DestinationException>(() => AnswersAsync(far));
        Assert.Contains($"{key} is not what was written there", failure.Message, StringComparison.Ordinal);
        Assert.Contains("backfill --from 2025-07-09T00", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_gone_are_there_again_when_their_hours_are_rewritten()
    {
        FetchedPart[] parts = [Part(0, "a"), Part(1, "b")];
        await LoadAsync(parts);
        var before = await KeysAsync("amplitude/");
        await ClearAsync("amplitude/");
        using (var fetched = Fetched(parts))
        {
            await using var lake = await OpenAsync(Folder.Path);
            var scan = new Scan(fetched, new PipelineOptions(), Now) { Rewrites = true };
            Assert.Empty((await lake.LoadAsync(scan, default)).Replaced);
        }

        Assert.Equal(["a", "b"], await UuidsAsync());
        Assert.Equal(before.Count, (await KeysAsync("amplitude/")).Count);
    }

    [Fact]
    public async Task A_damaged_manifest_is_named_and_nothing_is_lost()
    {
        await LoadAsync(Part(0, "a"));
        var whole = await ReadAsync(Ledger);
        foreach (var damage in new[] { whole[..^20], whole.Replace(":1", ":2", StringComparison.Ordinal), "", "{" })
        {
            await WriteAsync(Ledger, damage);
            foreach (var use in new Func<Task>[] { CoverageAsync, UuidsAsync, () => LoadAsync(Part(0, "b")) })
            {
                var failure = await Assert.ThrowsAsync<DestinationException>(use);
                Assert.Contains("ledger/events/web/2025-07-09.jsonl", failure.Message, StringComparison.Ordinal);
                Assert.NotNull(failure.Hint);
            }
        }

        await WriteAsync(Ledger, whole);
        Assert.Equal(["a"], await UuidsAsync());
    }

    [Fact]
    public async Task What_a_dead_run_left_is_cleaned_by_the_next_writer()
    {
        await LoadAsync(Part(0, "a"));
        await Assert.ThrowsAsync<DestinationException>(() => StopAsync(Part(0, "a", "late")));
        Assert.NotEmpty(await KeysAsync("_waveguide/writing/"));
        await (await OpenAsync(Folder.Path)).DisposeAsync();
        Assert.Empty(await KeysAsync("_waveguide/writing/"));
        Assert.Single(await KeysAsync("amplitude/"));
        Assert.Equal(["a"], await UuidsAsync());
    }

    [Fact]
    public async Task An_hour_that_is_loaded_again_as_another_format_changes_its_files_and_not_its_rows()
    {
        await LoadAsync(Part(0, "a", "b"), Part(1, "c"));
        var other = format == LakeFormat.Parquet ? LakeFormat.Json : LakeFormat.Parquet;
        await using (var lake = await OpenAsync(await StoreAsync(), options => options with { Format = other }))
        {
            using var fetched = Fetched(Part(0, "a", "b"));
            var slice = new FetchedSlice(
                Slice() with
                {
                    Hours = HourRange.Single(First),
                },
                Now,
                fetched.Parts,
                new MemoryStream()
            );
            var manifest = await lake.LoadAsync(new Scan(slice, new PipelineOptions(), Now), default);
            Assert.Empty(manifest.Replaced);
        }

        Assert.Equal(["a", "b", "c"], await UuidsAsync());
        Assert.EndsWith(
            $".{other.Name()}",
            Assert.Single(await KeysAsync("amplitude/events/date=2025-07-09/hour=00/")),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            $".{format.Name()}",
            Assert.Single(await KeysAsync("amplitude/events/date=2025-07-09/hour=01/")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Kept_archives_are_whole_and_of_all_that_is_there_only_those_past_their_days_are_deleted()
    {
        const int days = 30;
        var past = Now.AddDays(-days);
        await ArchiveAsync(Now.AddDays(-400), "oldest");
        await ArchiveAsync(past.AddSeconds(-1), "just past");
        await ArchiveAsync(past, "on the day");
        await ArchiveAsync(Now, "new");
        string[] foreign = ["archive/notes.txt", "archive/events/old.zip", "archive/web.2020-01-01T00.zip"];
        foreach (var key in foreign)
        {
            await WriteAsync(key, "of somebody else");
        }

        Assert.Equal(["just past", "new", "oldest", "on the day"], await ArchivesAsync());
        await using (await OpenAsync(await StoreAsync(), options => options with { ArchiveDays = days })) { }
        Assert.Equal(["new", "on the day"], await ArchivesAsync());
        Assert.Equal(foreign.Order(StringComparer.Ordinal), (await KeysAsync("archive/")).Intersect(foreign).Order());
        Assert.Equal(["a"], await UuidsAsync());
    }

    [Fact]
    public async Task A_run_that_fails_loses_no_archive_and_keeps_none_of_what_it_did_not_load()
    {
        await ArchiveAsync(Now.AddDays(-1), "before");
        for (var at = 1; at <= 20; at += Stride)
        {
            var store = new FaultyStore(await StoreAsync(), at);
            await Record.ExceptionAsync(() => ArchiveAsync(Now, "after", store));
            Assert.Contains("before", await ArchivesAsync());
        }

        await using var lake = await OpenAsync(await StoreAsync(), options => options with { KeepArchives = true });
        using var broken = Archived(Now.AddHours(1), "broken", PartOf(0, [.. Enumerable.Repeat("x"u8.ToArray(), 200)]));
        await Assert.ThrowsAsync<SourceException>(() =>
            lake.LoadAsync(new Scan(broken, new PipelineOptions(), Now), default)
        );
        Assert.DoesNotContain("broken", await ArchivesAsync());
    }

    /// <summary>Keys of the lake's objects under a folder.</summary>
    private protected async Task<List<string>> KeysAsync(string prefix)
    {
        await using var store = await StoreAsync();
        return await store.ListAsync(prefix, default).Select(entry => entry.Key).ToListAsync();
    }

    private protected async Task<string> ReadAsync(string key)
    {
        await using var store = await StoreAsync();
        using var reader = new StreamReader((await store.OpenAsync(key, default))!);
        return await reader.ReadToEndAsync();
    }

    private async Task WriteAsync(string key, string text)
    {
        await using var store = await StoreAsync();
        await store.PutAsync(key, ObjectContent.Of(System.Text.Encoding.UTF8.GetBytes(text)), default);
    }

    private async Task ClearAsync(string prefix = "")
    {
        await using var store = await StoreAsync();
        foreach (var entry in await store.ListAsync(prefix, default).ToListAsync())
        {
            await store.DeleteAsync(entry.Key, default);
        }
    }

    private async Task<IDestination> OpenAsync(
        IObjectStore store,
        Func<LakeDestinationOptions, LakeDestinationOptions>? change = null
    )
    {
        var options = new LakeDestinationOptions { Format = format, ScratchFolder = Folder.At("scratch") };
        return await LakeDestination.OpenAsync(
            store,
            change?.Invoke(options) ?? options,
            new ImpatientClock(Now),
            default
        );
    }

    /// <summary>Loads, unless the store fails.</summary>
    private Task LoadFromAsync(FaultyStore store, FetchedPart[] parts) =>
        UseAsync(
            store,
            async (lake, token) =>
            {
                using var fetched = Fetched(parts);
                await lake.LoadAsync(new Scan(fetched, new PipelineOptions(), Now), token);
            }
        );

    /// <summary>Uses a lake, unless the store fails.</summary>
    private async Task UseAsync(FaultyStore store, Func<IDestination, CancellationToken, Task> use)
    {
        var cancelled = store.Cancelled;
        try
        {
            await using var lake = await OpenAsync(store);
            await use(lake, cancelled);
        }
        catch (DestinationException failure)
        {
            Assert.Equal(FaultyStore.Said, failure.Message);
        }
        catch (OperationCanceledException)
        {
            Assert.True(cancelled.IsCancellationRequested);
        }
    }

    /// <summary>Loads, and fails when the manifest is to be put.</summary>
    private async Task StopAsync(params FetchedPart[] parts)
    {
        // Reading the layout, listing the marks, the table, the manifest, the mark and one file come before it.
        await using var lake = await OpenAsync(new FaultyStore(await StoreAsync(), at: 7));
        using var fetched = Fetched(parts);
        await lake.LoadAsync(new Scan(fetched, new PipelineOptions(), Now), default);
    }

    /// <summary>Loads the same row each time, out of another archive.</summary>
    private async Task ArchiveAsync(DateTimeOffset readAt, string content, IObjectStore? store = null)
    {
        await using var lake = await OpenAsync(
            store ?? await StoreAsync(),
            options => options with { KeepArchives = true }
        );
        using var fetched = Archived(readAt, content, Part(0, "a"));
        await lake.LoadAsync(new Scan(fetched, new PipelineOptions(), Now), default);
    }

    private FetchedSlice Archived(DateTimeOffset readAt, string content, FetchedPart part)
    {
        var path = Folder.At($"{Guid.NewGuid():n}.zip");
        File.WriteAllText(path, content);
        return new FetchedSlice(Slice(), readAt, [part], new MemoryStream()) { Archive = path };
    }

    /// <summary>What is in the archives that were kept.</summary>
    private async Task<List<string>> ArchivesAsync()
    {
        var found = new List<string>();
        foreach (var key in await KeysAsync("archive/events/date=2025-07-09/web."))
        {
            found.Add(await ReadAsync(key));
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> AnswersAsync(IDestination destination)
    {
        string[] questions =
        [
            "DESCRIBE amplitude.events",
            "SELECT * FROM amplitude.events ORDER BY _part, _line",
            "SELECT * FROM waveguide.hours ORDER BY hour",
            "SELECT * FROM waveguide.quarantine ORDER BY ALL",
        ];
        var answers = new List<string>();
        foreach (var question in questions)
        {
            await using var result = await destination.QueryAsync(question, [], default);
            answers.Add(string.Join(", ", result.Columns.Select(column => $"{column.Name} {column.Type}")));
            await foreach (var row in result.RowsAsync(default))
            {
                answers.Add(
                    string.Join(" | ", row.Select(value => value is byte[] raw ? Convert.ToHexString(raw) : $"{value}"))
                );
            }
        }

        return answers;
    }
}
