using System.Text;
using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Tests.Scanning;

/// <summary>A slice read through the table function into the table <c>landed</c>.</summary>
internal sealed class Landing : IDisposable
{
    private readonly ScanRelation _relation;

    public Landing(ScanEngine engine, Spool spool, ScanLimits? limits = null, Privacy? privacy = null)
    {
        Spool = spool;
        Scan = spool.Scan(limits, privacy);
        Connection = engine.Connect();
        _relation = engine.Function.Open(Scan);
        Connection.Execute($"CREATE TEMP TABLE landed AS FROM {_relation.Sql} LIMIT 0");
        Read();
    }

    public Spool Spool { get; }

    public Scan Scan { get; }

    public DuckDbConnection Connection { get; }

    /// <summary>In the order of parts and lines.</summary>
    public IReadOnlyList<DuckDbRow> Rows { get; private set; } = [];

    /// <summary>Rows that DuckDB got before displaced ones were removed.</summary>
    public long Inserted { get; private set; }

    public HourTally Tally =>
        Scan.Slice.Hours.Hours().Aggregate(default(HourTally), (sum, hour) => sum + Scan.Content(hour).Tally);

    public string Fingerprint =>
        Scan.Slice.Hours.Hours().Aggregate(default(HourContent), (sum, hour) => sum + Scan.Content(hour)).Fingerprint;

    public void Read()
    {
        _relation.Restart();
        Connection.Execute("DELETE FROM landed");
        Inserted = Connection.Execute($"INSERT INTO landed BY NAME SELECT * FROM {_relation.Sql}");
        foreach (var (part, line) in _relation.Displaced)
        {
            Assert.Equal(1, Connection.Execute("DELETE FROM landed WHERE _part = $1 AND _line = $2", [part, line]));
        }

        Rows = Query("FROM landed ORDER BY _part, _line");
    }

    public IReadOnlyList<DuckDbRow> Query(string sql)
    {
        using var result = Connection.Query(sql);
        return [.. result.Rows()];
    }

    /// <summary>The rejected lines as number and text.</summary>
    public IEnumerable<(long Line, string Raw)> RejectedText() =>
        Scan.Rejected.Select(line => (line.Line, Encoding.UTF8.GetString(line.Raw)));

    public void Dispose()
    {
        _relation.Dispose();
        Connection.Dispose();
        Scan.Fetched.Dispose();
    }
}
