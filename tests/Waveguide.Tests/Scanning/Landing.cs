using System.Text;
using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Tests.Scanning;

/// <summary>A slice read through the table function into the table <c>landed</c>.</summary>
internal sealed class Landing : IDisposable
{
    private readonly ScanRelation _relation;
    private readonly PipelineOptions _options;

    public Landing(ScanEngine engine, Spool spool, ScanLimits? limits = null, Privacy? privacy = null)
    {
        Spool = spool;
        _options = new PipelineOptions { Limits = limits ?? new ScanLimits(), Privacy = privacy ?? Privacy.None };
        Scan = spool.Scan(_options);
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
        Scan.Slice.Hours.Hours().Aggregate(default(HourTally), (sum, hour) => sum + Scan.Content[hour].Tally);

    public string Fingerprint =>
        Scan.Slice.Hours.Hours().Aggregate(default(HourContent), (sum, hour) => sum + Scan.Content[hour]).Fingerprint;

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
        AssertCountedAlike();
    }

    public IReadOnlyList<DuckDbRow> Query(string sql)
    {
        using var result = Connection.Query(sql);
        return [.. result.Rows()];
    }

    /// <summary>The rejected lines as number and text.</summary>
    public IEnumerable<(long Line, string Raw)> RejectedText() =>
        Scan.Content.Rejected.Select(line => (line.Line, Encoding.UTF8.GetString(line.Raw)));

    /// <summary>The proof of the parts counts what a reading counts.</summary>
    private void AssertCountedAlike()
    {
        var content = new SliceContent(Scan.Slice, _options);
        PartCount.ProveAsync(Spool.Parts, content, default).GetAwaiter().GetResult();
        Assert.True(content.IsWhole);
        Assert.All(Scan.Slice.Hours.Hours(), hour => Assert.Equal(Scan.Content[hour], content[hour]));
        Assert.Equal(Lines(Scan.Content), Lines(content));

        static IEnumerable<string> Lines(SliceContent content) =>
            content.Rejected.Select(line => $"{line with { Raw = [] }} {Convert.ToHexString(line.Raw)}");
    }

    public void Dispose()
    {
        _relation.Dispose();
        Connection.Dispose();
        Scan.Fetched.Dispose();
    }
}
