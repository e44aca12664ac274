using System.Text;
using Waveguide.Amplitude;

namespace Waveguide.Tests.Destinations;

/// <summary>
/// What every destination promises. A subclass says how one is opened. A fault at every step is another thing to each: to
/// a lake every call of its store (<c>LakeContract</c>), to a warehouse a disk that is full or a process that is killed at
/// any moment (<c>FullDiskTests</c>, <c>CrashTests</c>).
/// </summary>
public abstract class DestinationContract : DestinationRig
{
    /// <summary>Makes the destination one of the first layout, as an earlier Waveguide left it: the rows a and b, and a line put aside.</summary>
    protected abstract Task MakeFirstLayoutAsync();

    /// <summary>The number of the destination's layout, as it stands there.</summary>
    protected abstract Task<int> LayoutAsync();

    /// <summary>Writes another number in its place.</summary>
    protected abstract Task WriteLayoutAsync(int layout);

    [Fact]
    public async Task A_slice_is_there_with_its_ledger_and_still_there_when_opened_again()
    {
        var manifest = await LoadAsync(Part(0, "a", "b"), Part(1, "c"));
        Assert.Equal(3, manifest.Tally.Rows);
        Assert.Equal(["a", "b", "c"], await UuidsAsync());
        var coverage = await CoverageAsync();
        Assert.Equal([2L, 1L, 0L], coverage.Records.Select(record => record.Tally.Rows));
        Assert.All(coverage.Records, record => Assert.Equal(HourState.Confirmed, record.State));
    }

    [Fact]
    public async Task Loading_the_same_again_changes_nothing()
    {
        var first = await LoadAsync(Part(0, "a"), Part(1, "b"));
        var second = await LoadAsync(Part(0, "a"), Part(1, "b"));
        Assert.Equal(first.Tally, second.Tally);
        Assert.Empty(second.Replaced);
        Assert.Equal(["a", "b"], await UuidsAsync());
    }

    [Fact]
    public async Task Other_content_takes_the_place_of_what_was_there()
    {
        await LoadAsync(Part(0, "a"), Part(1, "b"));
        var manifest = await LoadAsync(Part(0, "a"), Part(1, "b", "late"), Part(2, "new"));
        Assert.Equal([First.Next, First.AddHours(2)], manifest.Replaced);
        Assert.Equal(["a", "b", "late", "new"], await UuidsAsync());
    }

    [Fact]
    public async Task A_slice_that_breaks_half_way_leaves_everything_as_it_was()
    {
        await LoadAsync(Part(0, "a"));
        var before = await CoverageAsync();
        var damaged = Damaged(1);
        await Assert.ThrowsAsync<SourceException>(() => LoadAsync(Part(0, "other"), damaged));
        Assert.Equal(["a"], await UuidsAsync());
        Assert.Equal(before.Records, (await CoverageAsync()).Records);
        await LoadAsync(Part(0, "other"));
        Assert.Equal(["other"], await UuidsAsync());
    }

    [Fact]
    public async Task A_cancelled_load_leaves_everything_as_it_was()
    {
        await using var destination = await OpenAsync(Folder.Path);
        using var fetched = Fetched(Part(0, "a"));
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            destination.LoadAsync(new Scan(fetched, new PipelineOptions(), Now), cancelled)
        );
        Assert.Empty((await destination.CoverageAsync("web", EventsTable.Definition, default)).Records);
    }

    [Fact]
    public async Task Wherever_a_load_is_cancelled_everything_stays_as_it_was_until_one_is_not()
    {
        await LoadAsync(Part(0, "a"));
        var before = await CoverageAsync();
        FetchedPart[] parts = [Part(0, "other"), Part(1, "b"), Part(2, "c")];
        for (var at = 1; ; at++)
        {
            using var cancel = new CancellationTokenSource();
            using var fetched = Fetched(new WatchedParts(parts, at, cancel.Cancel));
            await using (var destination = await OpenAsync(Folder.Path))
            {
                var scan = new Scan(fetched, new PipelineOptions(), Now);
                if (await Record.ExceptionAsync(() => destination.LoadAsync(scan, cancel.Token)) is not { } reason)
                {
                    Assert.True(at > parts.Length);
                    break;
                }

                Assert.IsAssignableFrom<OperationCanceledException>(reason);
            }

            Assert.Equal(["a"], await UuidsAsync());
            Assert.Equal(before.Records, (await CoverageAsync()).Records);
        }

        Assert.Equal(["b", "c", "other"], await UuidsAsync());
    }

    [Fact]
    public async Task Every_column_has_its_type_and_the_values_at_the_edges_of_it_are_read_back_equal()
    {
        byte[][] lines = [.. Extremes.Lines];
        await LoadAsync(PartOf(0, lines));
        await using var destination = await OpenAsync(Folder.Path);
        var columns = EventsTable.Definition.Columns;
        await using var result = await destination.QueryAsync(
            $"SELECT {string.Join(", ", columns.Select(column => $"\"{column.Name}\""))} FROM amplitude.events ORDER BY _line",
            [],
            default
        );
        Assert.Equal(55, columns.Count);
        Assert.Equal(
            columns.Select(column => Extremes.TypeOf(column.Type)),
            result.Columns.Select(column => column.Type)
        );
        var rows = await result.RowsAsync(default).Select(row => row.ToArray()).ToListAsync();
        Assert.Equal(lines.Select(Extremes.Values), rows);
    }

    [Fact]
    public async Task What_an_older_version_loaded_with_fewer_columns_is_read_whole_beside_what_is_loaded_now()
    {
        var now = EventsTable.Definition;
        var older = now with { Columns = [.. now.Columns.Where(column => column.Name != "city")] };
        await LoadAsync(new Slice("web", older, HourRange.Single(First)), Placed(0, "old"));
        await LoadAsync(new Slice("web", now, HourRange.Single(First.Next)), Placed(1, "new"));
        await using var destination = await OpenAsync(Folder.Path);
        await using var result = await destination.QueryAsync(
            "SELECT uuid, coalesce(city, _extra->>'city') FROM amplitude.events ORDER BY _upload_hour",
            [],
            default
        );
        var rows = await result.RowsAsync(default).Select(row => string.Join(' ', row)).ToListAsync();
        Assert.Equal(["old Bern", "new Bern"], rows);

        FetchedPart Placed(int hour, string uuid) =>
            PartOf(hour, Encoding.UTF8.GetBytes($$"""{"uuid":"{{uuid}}","city":"Bern"}"""));
    }

    [Fact]
    public async Task What_an_older_layout_holds_is_read_as_it_is_and_made_the_present_one_by_the_first_who_writes()
    {
        await MakeFirstLayoutAsync();
        await using (var looking = await OpenAsync(Folder.Path, looks: true))
        {
            await using var rows = await looking.QueryAsync(
                "SELECT uuid FROM amplitude.events ORDER BY ALL",
                [],
                default
            );
            Assert.Equal(["a", "b"], await rows.RowsAsync(default).Select(row => row[0]).ToListAsync());
        }

        Assert.Equal(1, await LayoutAsync());
        var before = await CoverageAsync();
        Assert.Equal([1L, 1L, 0L], before.Records.Select(record => record.Tally.Rows));
        Assert.Equal(1, before.Records.Sum(record => record.Tally.Rejected));
        Assert.Equal(2, await LayoutAsync());
        var manifest = await LoadAsync(Part(0, "a"), Part(1, "late"), Part(2, "c"));
        Assert.Equal([First.Next, First.AddHours(2)], manifest.Replaced);
        Assert.Equal(["a", "c", "late"], await UuidsAsync());
    }

    [Theory]
    [InlineData(99, "was written by a newer Waveguide (", "Update Waveguide")]
    [InlineData(0, "has a layout that no Waveguide wrote (", "Name another place")]
    public async Task A_destination_of_an_unknown_layout_is_left_alone(int layout, string sentence, string hint)
    {
        await LoadAsync(Part(0, "a"));
        await WriteLayoutAsync(layout);
        foreach (var looks in new[] { false, true })
        {
            var refusal = await Assert.ThrowsAsync<DestinationException>(() => OpenAsync(Folder.Path, looks));
            Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
            Assert.Contains(hint, refusal.Hint, StringComparison.Ordinal);
        }

        Assert.Equal(layout, await LayoutAsync());
        await WriteLayoutAsync(2);
        Assert.Equal(["a"], await UuidsAsync());
    }

    [Fact]
    public async Task Two_writers_at_once_are_not_let_in()
    {
        await using (await OpenAsync(Folder.Path))
        {
            var refusal = await Assert.ThrowsAsync<DestinationException>(() => OpenAsync(Folder.Path));
            Assert.Contains("is in use by waveguide (process", refusal.Message, StringComparison.Ordinal);
            Assert.NotNull(refusal.Hint);
        }

        await LoadAsync(Part(0, "a"));
        Assert.Equal(["a"], await UuidsAsync());
    }

    [Fact]
    public async Task A_key_that_is_twice_in_an_hour_is_kept_once_and_one_in_two_hours_twice()
    {
        var manifest = await LoadAsync(Part(0, "a", "b"), Part(0, "b", "c"), Part(2, "a", "a"));
        Assert.Equal((4L, 2L), (manifest.Tally.Rows, manifest.Tally.Duplicates));
        Assert.Equal(["a", "a", "b", "c"], (await UuidsAsync()).Order());
        Assert.Equal([3L, 0L, 1L], manifest.Hours.Select(hour => hour.Tally.Rows));
    }

    [Fact]
    public async Task A_key_that_is_met_first_in_a_later_part_is_kept_where_it_stands_first()
    {
        string[] many = [.. Enumerable.Range(0, 60_000).Select(row => $"row-{row}")];
        var manifest = await LoadAsync(Part(0, [.. many, "twice"]), Part(0, "twice"));
        Assert.Equal([60_001L, 0L, 0L], manifest.Hours.Select(hour => hour.Tally.Rows));
        Assert.Equal([1L, 0L, 0L], manifest.Hours.Select(hour => hour.Tally.Duplicates));
        Assert.Equal(60_001, (await UuidsAsync()).Distinct().Count());
    }

    [Fact]
    public async Task Rejected_lines_are_counted_and_kept_beside_the_rows()
    {
        var manifest = await LoadAsync(PartOf(0, Rig.Line("a"), "no json"u8.ToArray(), Rig.Line("b")));
        Assert.Equal((2L, 1L), (manifest.Tally.Rows, manifest.Tally.Rejected));
        await using var destination = await OpenAsync(Folder.Path);
        await using var result = await destination.QueryAsync(
            "SELECT line, byte_offset, reason, raw FROM waveguide.quarantine",
            [],
            default
        );
        var row = await result.RowsAsync(default).SingleAsync();
        Assert.Equal([2L, (long)Rig.Line("a").Length + 1], row.Take(2));
        Assert.StartsWith("not JSON", (string)row[2]!, StringComparison.Ordinal);
        Assert.Equal("no json", Encoding.UTF8.GetString((byte[])row[3]!));
    }

    [Fact]
    public async Task A_note_about_a_missing_hour_never_hides_a_loaded_one()
    {
        await LoadAsync(Part(0, "a"));
        await using (var destination = await OpenAsync(Folder.Path))
        {
            var slice = Slice() with { Hours = new HourRange(First, First.AddHours(5)) };
            await destination.MarkAsync(slice, HourState.Failed, "no answer", default);
        }

        var coverage = await CoverageAsync();
        Assert.Equal(HourState.Confirmed, coverage[First]!.State);
        Assert.Equal(
            (HourState.Failed, "no answer"),
            (coverage[First.AddHours(4)]!.State, coverage[First.AddHours(4)]!.Reason)
        );
    }

    [Fact]
    public async Task A_forgotten_hour_takes_its_rows_with_it_and_can_be_loaded_again()
    {
        await LoadAsync(Part(0, "a"), Part(1, "b"));
        await using (var destination = await OpenAsync(Folder.Path))
        {
            Assert.Equal(1, await destination.ForgetAsync(Slice() with { Hours = HourRange.Single(First) }, default));
        }

        Assert.Equal(["b"], await UuidsAsync());
        await LoadAsync(Part(0, "a"), Part(1, "b"));
        Assert.Equal(["a", "b"], await UuidsAsync());
    }

    [Fact]
    public async Task An_hour_read_soon_after_its_publication_is_provisional()
    {
        var readAt = new DateTimeOffset(First.Start).AddHours(4);
        await LoadAsync(readAt, Part(0, "a"));
        Assert.Equal(HourState.Provisional, (await CoverageAsync())[First]!.State);
    }

    [Fact]
    public async Task A_snapshot_takes_the_place_of_the_one_before_but_for_the_parts_it_keeps()
    {
        await SnapshotAsync(First, [Cohort("one.json.gz", 1, 2), Cohort("two.json.gz", 3)], kept: []);
        Assert.Equal([1L, 2L, 3L], await MembersAsync());
        var manifest = await SnapshotAsync(First.Next, [Cohort("three.json.gz", 4)], kept: ["one.json.gz"]);
        Assert.Equal([1L, 2L, 4L], await MembersAsync());
        Assert.Equal(3, manifest.Tally.Rows);
        await using var destination = await OpenAsync(Folder.Path);
        var record = Assert.Single((await destination.CoverageAsync("web", Members, default)).Records);
        Assert.Equal((First.Next, 3L), (record.Hour, record.Tally.Rows));
        Assert.Equal(["one.json.gz", "three.json.gz"], record.Parts);
    }

    [Fact]
    public async Task A_snapshot_that_breaks_half_way_leaves_the_one_before()
    {
        await SnapshotAsync(First, [Cohort("one.json.gz", 1)], kept: []);
        var cut = Cohort("two.json.gz", [.. Enumerable.Range(0, 50_000)]);
        await Assert.ThrowsAsync<SourceException>(() =>
            SnapshotAsync(First.Next, [cut with { Length = cut.Length - 100 }], kept: [])
        );
        Assert.Equal([1L], await MembersAsync());
    }

    private static readonly Table Members = new(
        "members",
        TableKind.Snapshot,
        [new Column("amplitude_id", "amplitude_id", ColumnType.Integer, "Who.")],
        ["amplitude_id"],
        Cursor: null
    );

    private async Task<Manifest> SnapshotAsync(UploadHour hour, FetchedPart[] parts, IReadOnlyList<string> kept)
    {
        var slice = new Slice("web", Members, HourRange.Single(hour));
        using var fetched = new FetchedSlice(
            slice,
            Now,
            [.. parts.Select(part => part with { Hour = hour })],
            new MemoryStream()
        )
        {
            Kept = kept,
        };
        return await LoadAsync(fetched);
    }

    private FetchedPart Cohort(string name, params int[] ids) =>
        PartOf(0, [.. ids.Select(id => Encoding.UTF8.GetBytes($$"""{"amplitude_id":{{id}}}"""))]) with
        {
            Name = name,
        };

    private async Task<IReadOnlyList<object?>> MembersAsync()
    {
        await using var destination = await OpenAsync(Folder.Path);
        await using var result = await destination.QueryAsync(
            "SELECT amplitude_id FROM amplitude.members ORDER BY ALL",
            [],
            default
        );
        return await result.RowsAsync(default).Select(row => row[0]).ToListAsync();
    }
}
