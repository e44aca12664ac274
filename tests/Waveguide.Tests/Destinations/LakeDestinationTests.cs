using Waveguide.Destinations.DuckDb;
using Waveguide.Destinations.Lake;
using Waveguide.Storage;

namespace Waveguide.Tests.Destinations;

/// <summary>What a lake promises beside what every destination does, in each format.</summary>
public abstract class LakeDestinationTests(LakeFormat format) : DestinationContract
{
    protected override async Task<IDestination> OpenAsync(string folder) =>
        await OpenAsync(new FolderStore(Path.Combine(folder, "lake"), TimeProvider.System));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_call_of_the_store_fails_a_slice_is_there_whole_or_not_at_all(bool done)
    {
        FetchedPart[] before = [Part(0, "a"), Part(1, "b")];
        FetchedPart[] after = [Part(0, "a"), PartOf(1, Rig.Line("b"), "no json"u8.ToArray()), Part(2, "c")];
        for (var at = 1; ; at++)
        {
            await LoadAsync(before);
            var store = new FaultyStore(Store(), at, done);
            await LoadFromAsync(store, after);
            Assert.Contains(string.Concat(await UuidsAsync()), new[] { "ab", "abc" });
            await LoadAsync(after);
            Assert.Equal(["a", "b", "c"], await UuidsAsync());
            Assert.Equal(3, Files("amplitude").Count);
            Assert.Single(Files("_waveguide/quarantine"));
            Assert.Empty(Files("_waveguide/writing"));
            Assert.Equal(["lock"], Files(".waveguide"));
            Directory.Delete(Folder.At("lake"), recursive: true);
            if (!store.Failed)
            {
                Assert.InRange(at, 10, 100);
                return;
            }
        }
    }

    [Fact]
    public async Task It_answers_as_a_warehouse_does_whether_its_files_are_at_hand_or_fetched()
    {
        FetchedPart[] parts =
        [
            PartOf(0, [.. Extremes.Lines]),
            Part(1, "twice", "once"),
            Part(1, "twice"),
            PartOf(2, "[]"u8.ToArray(), Rig.Line("a"), "{"u8.ToArray()),
        ];
        await LoadAsync(parts);
        var options = new DuckDbDestinationOptions { Path = Folder.At("warehouse.duckdb") };
        await using var warehouse = DuckDbDestination.Open(options, new ImpatientClock(Now));
        using var fetched = Fetched(parts);
        await warehouse.LoadAsync(new Scan(fetched, new PipelineOptions(), Now), default);
        await using var near = await OpenAsync(Folder.Path);
        Assert.Equal(await AnswersAsync(warehouse), await AnswersAsync(near));
        await near.DisposeAsync();
        await using var far = await OpenAsync(new FaultyStore(Store()));
        Assert.Equal(await AnswersAsync(warehouse), await AnswersAsync(far));
    }

    [Fact]
    public async Task Coverage_comes_from_the_manifests_alone()
    {
        await LoadAsync(Part(0, "a"), Part(1, "b"));
        var before = (await CoverageAsync()).Records;
        Directory.Delete(Folder.At("lake/amplitude"), recursive: true);
        Assert.Equal(before, (await CoverageAsync()).Records);
        var failure = await Assert.ThrowsAsync<DestinationException>(UuidsAsync);
        Assert.Contains("is not there, though the ledger names it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_writers_at_once_are_not_let_in()
    {
        await using var one = await OpenAsync(Folder.Path);
        var refusal = await Assert.ThrowsAsync<DestinationException>(() => OpenAsync(Folder.Path));
        Assert.Contains("is in use by waveguide (process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_manifest_is_named_and_nothing_is_lost()
    {
        await LoadAsync(Part(0, "a"));
        var path = Folder.At("lake/_waveguide/ledger/events/web/2025-07-09.jsonl");
        var whole = await File.ReadAllTextAsync(path);
        foreach (var damage in new[] { whole[..^20], whole.Replace(":1", ":2", StringComparison.Ordinal), "", "{" })
        {
            await File.WriteAllTextAsync(path, damage);
            foreach (var use in new Func<Task>[] { CoverageAsync, UuidsAsync, () => LoadAsync(Part(0, "b")) })
            {
                var failure = await Assert.ThrowsAsync<DestinationException>(use);
                Assert.Contains("ledger/events/web/2025-07-09.jsonl", failure.Message, StringComparison.Ordinal);
                Assert.NotNull(failure.Hint);
            }
        }

        await File.WriteAllTextAsync(path, whole);
        Assert.Equal(["a"], await UuidsAsync());
    }

    [Fact]
    public async Task A_lake_of_a_newer_version_is_left_alone()
    {
        await LoadAsync(Part(0, "a"));
        var path = Folder.At("lake/_waveguide/layout.jsonl");
        var text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, text.Replace("\"layout\":1", "\"layout\":99", StringComparison.Ordinal));
        var refusal = await Assert.ThrowsAsync<DestinationException>(() => OpenAsync(Folder.Path));
        Assert.Contains("was written by a newer Waveguide", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dead_run_left_is_cleaned_by_the_next_writer()
    {
        await LoadAsync(Part(0, "a"));
        await Assert.ThrowsAsync<DestinationException>(() => StopAsync(Part(0, "a", "late")));
        Assert.NotEmpty(Files("_waveguide/writing"));
        await (await OpenAsync(Folder.Path)).DisposeAsync();
        Assert.Empty(Files("_waveguide/writing"));
        Assert.Single(Files("amplitude"));
        Assert.Equal(["a"], await UuidsAsync());
    }

    [Fact]
    public async Task An_hour_that_is_loaded_again_as_another_format_changes_its_files_and_not_its_rows()
    {
        await LoadAsync(Part(0, "a", "b"), Part(1, "c"));
        var other = format == LakeFormat.Parquet ? LakeFormat.Json : LakeFormat.Parquet;
        await using (var lake = await OpenAsync(Store(), other))
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
        Assert.Single(
            Files("amplitude/events/date=2025-07-09/hour=00"),
            name => name.EndsWith($".{other.Name()}", StringComparison.Ordinal)
        );
        Assert.Single(
            Files("amplitude/events/date=2025-07-09/hour=01"),
            name => name.EndsWith($".{format.Name()}", StringComparison.Ordinal)
        );
    }

    /// <summary>Names of the lake's files under a folder.</summary>
    private protected List<string> Files(string folder)
    {
        var path = Folder.At($"lake/{folder}");
        return Directory.Exists(path)
            ?
            [
                .. Directory
                    .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Select(file => Path.GetFileName(file)),
            ]
            : [];
    }

    private FolderStore Store() => new(Folder.At("lake"), TimeProvider.System);

    private async Task<IDestination> OpenAsync(IObjectStore store, LakeFormat? other = null) =>
        await LakeDestination.OpenAsync(
            store,
            new LakeDestinationOptions { Format = other ?? format, ScratchFolder = Folder.At("scratch") },
            new ImpatientClock(Now),
            default
        );

    /// <summary>Loads, unless the store fails.</summary>
    private async Task LoadFromAsync(FaultyStore store, FetchedPart[] parts)
    {
        try
        {
            await using var lake = await OpenAsync(store);
            using var fetched = Fetched(parts);
            await lake.LoadAsync(new Scan(fetched, new PipelineOptions(), Now), default);
        }
        catch (DestinationException failure)
        {
            Assert.Equal("the store failed", failure.Message);
        }
    }

    /// <summary>Loads, and fails when the manifest is to be put.</summary>
    private async Task StopAsync(params FetchedPart[] parts)
    {
        // Reading the layout, listing the marks, the table, the manifest, the mark and one file come before it.
        await using var lake = await OpenAsync(new FaultyStore(Store(), at: 7));
        using var fetched = Fetched(parts);
        await lake.LoadAsync(new Scan(fetched, new PipelineOptions(), Now), default);
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

public sealed class JsonGzLakeTests() : LakeDestinationTests(LakeFormat.JsonGz)
{
    [Fact]
    public async Task Parts_are_kept_byte_for_byte()
    {
        var part = Part(0, "a", "b");
        await LoadAsync(part);
        var kept = Assert.Single(
            Directory.EnumerateFiles(Folder.At("lake/amplitude"), "*.json.gz", SearchOption.AllDirectories)
        );
        Assert.Equal(await File.ReadAllBytesAsync(part.Path), await File.ReadAllBytesAsync(kept));
    }
}

public sealed class JsonLakeTests() : LakeDestinationTests(LakeFormat.Json)
{
    [Fact]
    public async Task Parts_are_kept_unpacked()
    {
        await LoadAsync(Part(0, "a", "b"));
        var kept = Assert.Single(
            Directory.EnumerateFiles(Folder.At("lake/amplitude"), "*.json", SearchOption.AllDirectories)
        );
        byte[] lines = [.. Rig.Line("a"), (byte)'\n', .. Rig.Line("b"), (byte)'\n'];
        Assert.Equal(lines, await File.ReadAllBytesAsync(kept));
    }
}

public sealed class ParquetLakeTests() : LakeDestinationTests(LakeFormat.Parquet);
