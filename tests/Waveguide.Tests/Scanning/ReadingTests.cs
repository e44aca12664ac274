using Waveguide.Amplitude;
using Waveguide.Tests.Destinations;

namespace Waveguide.Tests.Scanning;

public sealed class ReadingTests(ScanEngine engine) : IClassFixture<ScanEngine>
{
    [Fact]
    public void Each_of_the_55_columns_has_its_type_and_its_value()
    {
        using var landing = engine.Land(EventLine.Ordinary);
        var types = landing.Query("SELECT column_name, column_type FROM (DESCRIBE landed)");
        Assert.Equal(55 + 6, types.Count);
        foreach (var (column, type) in EventsTable.Definition.Columns.Zip(types))
        {
            Assert.Equal((column.Name, Extremes.TypeOf(column.Type)), ((string)type[0]!, (string)type[1]!));
            Assert.Equal(Usual(column), landing.Rows[0][column.Name]);
        }
    }

    [Fact]
    public void Every_row_tells_where_it_came_from()
    {
        using var spool = new Spool()
            .Add(0, $"{EventLine.Numbered(1)}\n\n{EventLine.Numbered(2)}\n")
            .Add(7, EventLine.Numbered(3));
        using var landing = new Landing(engine, spool);
        object At(int hour, string part, long line) => (Spool.FirstHour.AddHours(hour).Start, part, line);
        Assert.Equal(
            [At(0, "part-000.json.gz", 1), At(0, "part-000.json.gz", 3), At(7, "part-001.json.gz", 1)],
            landing.Rows.Select(row =>
                At(((DateTime)row["_upload_hour"]!).Hour, (string)row["_part"]!, (long)row["_line"]!)
            )
        );
        Assert.All(
            landing.Rows,
            row =>
                Assert.Equal(
                    ("web", landing.Scan.LoadedAt.UtcDateTime),
                    (row["_project"], (DateTime)row["_loaded_at"]!)
                )
        );
    }

    [Fact]
    public void Reading_once_more_gives_the_same_rows_and_counts()
    {
        using var spool = new Spool()
            .Add([.. Enumerable.Range(0, 3_000).Select(EventLine.Numbered), "broken", EventLine.With(("paying", "3"))])
            .Add(Enumerable.Range(2_990, 20).Select(EventLine.Numbered));
        using var landing = new Landing(engine, spool);
        var (rows, tally, fingerprint, rejected) = Facts(landing);
        landing.Read();
        Assert.Equal(
            (tally, fingerprint, rejected),
            (landing.Tally, landing.Fingerprint, landing.Scan.Content.Rejected.Count)
        );
        Assert.Equal(rows, landing.Rows.Select(row => (row["_part"], row["_line"])));
        Assert.Equal(new HourTally(3_011, 1, 1, 10, tally.Bytes), tally);
    }

    [Theory]
    [InlineData("SELECT count(*)")]
    [InlineData("SELECT max(_line)")]
    [InlineData("SELECT event_properties, _extra")]
    [InlineData("SELECT _loaded_at, uuid, $$x$$, _project, app")]
    public void Counts_do_not_depend_on_the_columns_that_are_asked_for(string select)
    {
        using var spool = new Spool().Add(
            EventLine.Numbered(1),
            EventLine.Numbered(1),
            EventLine.With(("app", "\"x\"")),
            "bad"
        );
        using var landing = new Landing(engine, spool);
        var (_, tally, fingerprint, _) = Facts(landing);
        using var relation = engine.Function.Open(landing.Scan);
        relation.Restart();
        landing.Connection.Execute($"{select} FROM {relation.Sql}");
        Assert.Equal((tally, fingerprint), (landing.Tally, landing.Fingerprint));
    }

    [Fact]
    public void A_closed_relation_can_no_longer_be_read()
    {
        using var landing = engine.Land("{}");
        var relation = engine.Function.Open(landing.Scan);
        relation.Dispose();
        Assert.Throws<InvalidOperationException>(() => landing.Connection.Execute($"FROM {relation.Sql}"));
    }

    private static (List<(object?, object?)> Rows, HourTally Tally, string Fingerprint, int Rejected) Facts(
        Landing landing
    ) =>
        (
            [.. landing.Rows.Select(row => (row["_part"], row["_line"]))],
            landing.Tally,
            landing.Fingerprint,
            landing.Scan.Content.Rejected.Count
        );

    private static object Usual(Column column) =>
        column.Type switch
        {
            _ when column.Name == "uuid" => "ec5c7cd3-f907-47b4-a398-1d01eaffcb63",
            ColumnType.Text => $"some {column.Name}",
            ColumnType.Integer => 1752020564545,
            ColumnType.Number => 51.5074,
            ColumnType.Boolean => true,
            ColumnType.Timestamp => new DateTime(2025, 7, 9, 0, 22, 44, 545, DateTimeKind.Utc),
            _ => """{"path":"/2/httpapi","deep":[1,{"a":"b"}]}""",
        };
}
