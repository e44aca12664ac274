namespace Waveguide.Tests.Scanning;

public sealed class FingerprintTests(ScanEngine engine) : IClassFixture<ScanEngine>
{
    private static readonly string[] Lines =
    [
        .. Enumerable.Range(1, 6).Select(EventLine.Numbered),
        EventLine.Numbered(3),
        EventLine.WithUuid("not a uuid"),
        "{\"event_id\":1}",
        "{\"event_id\":2}",
        "broken",
    ];

    [Fact]
    public void The_order_of_lines_and_parts_does_not_change_it()
    {
        var expected = Of(Lines);
        for (var seed = 0; seed < 5; seed++)
        {
            var lines = Lines.ToArray();
            new Random(seed).Shuffle(lines);
            Assert.Equal(expected, Of(lines[..3], lines[3..7], [], lines[7..]));
        }
    }

    [Fact]
    public void Any_row_lost_or_added_changes_it()
    {
        var seen = new HashSet<string> { Of(Lines), Of([]) };
        for (var lost = 0; lost < Lines.Length; lost++)
        {
            var others = Lines.Where((_, index) => index != lost).ToArray();
            // Of two lines with one key it is the same loss whichever goes.
            Assert.Equal(lost != 6, seen.Add(Of(others)));
            Assert.True(seen.Add(Of([.. Lines, Lines[lost], EventLine.Numbered(100 + lost)])));
        }
    }

    [Fact]
    public void Two_rows_lost_and_two_others_added_do_not_cancel_out()
    {
        Assert.NotEqual(
            Of([EventLine.WithUuid(Uuid(1)), EventLine.WithUuid(Uuid(4))]),
            Of([EventLine.WithUuid(Uuid(2)), EventLine.WithUuid(Uuid(3))])
        );
        Assert.NotEqual(Of([EventLine.WithUuid(Uuid(0))]), Of([]));
    }

    [Fact]
    public void Two_equal_lines_without_a_uuid_do_not_cancel_each_other_out()
    {
        var line = EventLine.With(("uuid", "null"));
        Assert.Equal(4, new HashSet<string> { Of([]), Of([line]), Of([line, line]), Of([line, line, line]) }.Count);
    }

    [Fact]
    public void Each_hour_has_its_own()
    {
        using var spool = new Spool().Add(0, EventLine.Numbered(1)).Add(5, EventLine.Numbered(2));
        using var landing = new Landing(engine, spool);
        Assert.Equal(Of([EventLine.Numbered(1)]), landing.Scan.Content[Spool.FirstHour].Fingerprint);
        Assert.Equal(Of([EventLine.Numbered(2)]), landing.Scan.Content[Spool.FirstHour.AddHours(5)].Fingerprint);
        Assert.Equal(default, landing.Scan.Content[Spool.FirstHour.AddHours(1)]);
    }

    private static string Uuid(int number) => $"00000000-0000-0000-0000-{number:x12}";

    private string Of(params string[][] parts)
    {
        using var spool = new Spool();
        foreach (var lines in parts)
        {
            spool.Add(lines);
        }

        using var landing = new Landing(engine, spool);
        return landing.Fingerprint;
    }
}
