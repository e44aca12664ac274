using System.IO.Compression;
using System.Text;
using Waveguide.Amplitude.Bucket;
using Waveguide.Amplitude.Tables;
using Waveguide.Destinations.Erasing;

namespace Waveguide.Tests.Destinations;

/// <summary>What a lake promises to users who are to be erased: number 11, called ana, is one of them.</summary>
public abstract partial class LakeContract
{
    private static readonly string[] Done = ["done"];

    [Theory]
    [InlineData(StoreFault.Refused)]
    [InlineData(StoreFault.Lost)]
    [InlineData(StoreFault.Cancelled)]
    public async Task Whatever_call_of_the_store_fails_a_user_is_erased_from_a_day_whole_or_not_at_all(StoreFault fault)
    {
        FetchedPart[] parts =
        [
            PartOf(0, Line("a", 11), Line("b", 12), Broken(11)),
            PartOf(1, Line("c", 11), Line("d", 12), Broken(12)),
        ];
        var stride = 3 * Stride;
        for (var at = 1 + ((int)fault % stride); ; at += stride)
        {
            await LoadJobsAsync(11);
            await KeepAsync(parts);
            var store = new FaultyStore(await StoreAsync(), at, fault);
            await EraseFromAsync(store);
            Assert.Contains(string.Concat(await UuidsAsync()), new[] { "abcd", "bd" });
            await EraseAsync();
            Assert.Equal(["b", "d"], await UuidsAsync());
            Assert.Equal(2, (await KeysAsync("amplitude/events/")).Count);
            Assert.Single(await KeysAsync("_waveguide/quarantine/"));
            Assert.Empty(await KeysAsync("_waveguide/writing/"));
            Assert.Empty(await HalfWrittenAsync());
            await NothingIsLeftAsync();
            await ClearAsync();
            if (!store.Failed)
            {
                Assert.InRange(at, 10, 100);
                return;
            }
        }
    }

    [Fact]
    public async Task Of_an_erased_user_nothing_is_left_and_of_others_everything()
    {
        const string Others = "SELECT * FROM amplitude.events WHERE uuid IN ('b', 'd') ORDER BY uuid";
        FetchedPart[] parts =
        [
            PartOf(0, Line("a", 11), Line("b", 12), Broken(11), "{\"user_id\":\"ana\", "u8.ToArray()),
            PartOf(0, Line("c", 11), Line("a", 11), Broken(13)),
            PartOf(1, Line("d", 12)),
        ];
        await LoadJobsAsync(11);
        await KeepAsync(parts);
        var (before, untouched) = (
            await CellsAsync(Others),
            await KeysAsync("amplitude/events/date=2025-07-09/hour=01/")
        );
        var found = await FindAsync();
        Assert.Equal([new Erasure("web", "events", 2, 1), new Erasure("web", "quarantine", 2, 1)], found.Tables);
        Assert.Equal((1, 1, 1), (found.Users, found.New, found.Archives));
        Assert.Equal(["a", "b", "c", "d"], await UuidsAsync());
        Assert.Equivalent(found, await EraseAsync(), strict: true);

        Assert.Equal(before, await CellsAsync(Others));
        Assert.Equal(["b", "d"], await UuidsAsync());
        Assert.Equal(untouched, await KeysAsync("amplitude/events/date=2025-07-09/hour=01/"));
        var ledger = (await CoverageAsync()).Records.Select(record => (record.Tally.Rows, record.Tally.Rejected));
        Assert.Equal([(1, 1), (1, 0), (0, 0)], ledger);
        Assert.Equal(["11 4"], await CellsAsync("SELECT amplitude_id, rows FROM waveguide.erased"));
        await NothingIsLeftAsync();
        foreach (var key in await KeysAsync("amplitude/events/date=2025-07-09/hour=00/"))
        {
            if (!key.EndsWith(".parquet", StringComparison.Ordinal))
            {
                string[] rest = [$"\n{Text(Line("b", 12))}\n\n\n", $"\n\n{Text(Broken(13))}\n"];
                Assert.Contains(Shown(key, await BytesAsync(key)), rest);
            }
        }
    }

    [Fact]
    public async Task Whoever_was_merged_into_an_erased_user_goes_too_and_other_tables_with_them()
    {
        await LoadJobsAsync(11);
        await LoadAsync(MergedIdsTable.Definition, PartOf(0, Merge(14, 13), Merge(13, 11), Merge(11, 12)));
        await LoadAsync(
            CohortMembersTable.Definition,
            PartOf(0, Line("x", 11), Line("y", 12)),
            PartOf(0, Line("z", 14))
        );
        await LoadAsync(PartOf(0, Line("a", 11), Line("b", 12)), PartOf(1, Line("c", 14), Line("d", 13)));
        Assert.Equal(3, (await EraseAsync()).Users);
        Assert.Equal(["b"], await UuidsAsync());
        Assert.Equal(["12"], await CellsAsync("SELECT amplitude_id FROM amplitude.cohort_members"));
        Assert.Equal(["1"], await CellsAsync("SELECT rows FROM waveguide.hours WHERE table_name = 'cohort_members'"));

        static byte[] Merge(int from, int into) =>
            Encoding.UTF8.GetBytes($$"""{"amplitude_id":{{from}},"merged_amplitude_id":{{into}}}""");
    }

    [Fact]
    public async Task No_later_load_brings_an_erased_user_back_nor_is_it_a_change()
    {
        var part = PartOf(0, Line("a", 11), Line("b", 12), Broken(11));
        await LoadJobsAsync(11);
        await KeepAsync(part);
        await EraseAsync();
        var kept = await KeysAsync("amplitude/events/");
        Assert.Empty((await KeepAsync(part)).Replaced);
        Assert.Equal(kept, await KeysAsync("amplitude/events/"));
        Assert.Equal(["b"], await UuidsAsync());

        var other = PartOf(0, Line("a", 11), Line("b", 12), Line("late", 12), Broken(11), Broken(12));
        var manifest = await KeepAsync(other);
        Assert.Equal([First], manifest.Replaced);
        Assert.Equal((2, 1), (manifest.Hours[0].Tally.Rows, manifest.Hours[0].Tally.Rejected));
        Assert.Equal(["b", "late"], await UuidsAsync());
        Assert.Equal(
            2,
            (await KeysAsync("amplitude/events/")).Count + (await KeysAsync("_waveguide/quarantine/")).Count
        );

        await using (var lake = await OpenAsync(Folder.Path))
        {
            await lake.ForgetAsync(Slice(), default);
        }

        await KeepAsync(part);
        Assert.Equal(["b"], await UuidsAsync());
        Assert.Empty(await KeysAsync("_waveguide/quarantine/"));
        await LoadAsync(CohortMembersTable.Definition, PartOf(0, Line("x", 11), Line("y", 12)));
        Assert.Equal(["12"], await CellsAsync("SELECT amplitude_id FROM amplitude.cohort_members"));
        await NothingIsLeftAsync();
    }

    private static byte[] Line(string uuid, int user) =>
        Encoding.UTF8.GetBytes(
            $$"""{"amplitude_id":{{user}},"event_type":"page","new_key":[1.50],"user_id":{{(user == 11 ? "\"ana\"" : "null")}},"uuid":"{{uuid}}"}"""
        );

    private static byte[] Broken(int user) => Encoding.UTF8.GetBytes($"{{\"amplitude_id\":{user}, ");

    private static string Text(byte[] line) => Encoding.UTF8.GetString(line);

    private Task LoadJobsAsync(int user) =>
        LoadAsync(
            DeletionsTable.Definition,
            PartOf(0, Encoding.UTF8.GetBytes($$"""{"amplitude_id":{{user}},"status":"done"}"""))
        );

    private async Task LoadAsync(Table table, params FetchedPart[] parts)
    {
        await using var lake = await OpenAsync(Folder.Path);
        var slice = new Slice("web", table, HourRange.Single(First));
        using var fetched = new FetchedSlice(slice, Now, parts, new MemoryStream());
        await lake.LoadAsync(new Scan(fetched, new PipelineOptions(), Now), default);
    }

    /// <summary>Loads the parts out of an archive, which is kept.</summary>
    private async Task<Manifest> KeepAsync(params FetchedPart[] parts)
    {
        var path = Folder.At($"{Guid.NewGuid():n}.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Array.ForEach(parts, part => zip.CreateEntryFromFile(part.Path, $"1/{part.Name}"));
        }

        await using var lake = await OpenAsync(await StoreAsync(), options => options with { KeepArchives = true });
        using var fetched = new FetchedSlice(Slice(), Now, parts, new MemoryStream()) { Archive = path };
        return await lake.LoadAsync(new Scan(fetched, new PipelineOptions(), Now), default);
    }

    private async Task<ErasureReport> FindAsync()
    {
        await using var lake = await OpenAsync(await StoreAsync(), options => options with { ReadOnly = true });
        return await ((IErasable)lake).FindDeletedAsync(Done, default);
    }

    private async Task<ErasureReport> EraseAsync()
    {
        await using var lake = await OpenAsync(Folder.Path);
        return await ((IErasable)lake).EraseDeletedAsync(Done, default);
    }

    /// <summary>Erases, unless the store fails.</summary>
    private Task EraseFromAsync(FaultyStore store) =>
        UseAsync(store, (lake, token) => ((IErasable)lake).EraseDeletedAsync(Done, token));

    /// <summary>Searches every object for the user's name, in whatever it is packed; Parquet is left to queries.</summary>
    private async Task NothingIsLeftAsync()
    {
        foreach (var key in await KeysAsync(""))
        {
            var text = Shown(key, await BytesAsync(key));
            Assert.DoesNotContain("ana", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"amplitude_id\":11, ", text, StringComparison.Ordinal);
        }
    }

    private static string Shown(string key, byte[] bytes) =>
        Path.GetExtension(key) switch
        {
            ".gz" => Unpacked(bytes),
            ".zip" => UnpackedAll(bytes),
            _ => Encoding.UTF8.GetString(bytes),
        };

    private static string UnpackedAll(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return string.Concat(zip.Entries.Select(Read));

        static string Read(ZipArchiveEntry entry)
        {
            using var bytes = new MemoryStream();
            using var packed = entry.Open();
            packed.CopyTo(bytes);
            return Unpacked(bytes.ToArray());
        }
    }

    private static string Unpacked(byte[] gzip)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    private async Task<byte[]> BytesAsync(string key)
    {
        await using var store = await StoreAsync();
        await using var stream = (await store.OpenAsync(key, default))!;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>Each row as a line, its values with blanks between them.</summary>
    private async Task<List<string>> CellsAsync(string sql)
    {
        await using var lake = await OpenAsync(Folder.Path);
        await using var result = await lake.QueryAsync(sql, [], default);
        return await result.RowsAsync(default).Select(row => string.Join(' ', row)).ToListAsync();
    }
}
