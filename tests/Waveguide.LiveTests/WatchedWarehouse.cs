using Waveguide.Destinations.DuckDb;
using Waveguide.DuckDb;
using Waveguide.Simulator;

namespace Waveguide.LiveTests;

/// <summary>A warehouse that is written by killed programs, and what must hold of it at every look.</summary>
internal sealed class WatchedWarehouse(ServedProgram served, string name, GeneratedTraffic traffic)
{
    public const string Starting = "while starting";
    public const string Fetching = "before its first commit";
    public const string Loading = "between commits";

    private string Path => served.At(name);

    public IEnumerable<string> Sync(DateTime from, int days) =>
        [
            "sync",
            "--destination",
            $"duckdb:{Path}",
            "--from",
            $"{from:yyyy-MM-dd}",
            "--until",
            $"{from.AddDays(days):yyyy-MM-dd}",
        ];

    public static string PhaseOf(string said) =>
        !said.Contains("to fetch", StringComparison.Ordinal) ? Starting
        : said.Contains(" committed", StringComparison.Ordinal) ? Loading
        : Fetching;

    /// <summary>Tries to look, from the moment at which the program has the file, until that moment.</summary>
    public async Task LookUntilAsync(Task moment, WaveguideProcess program)
    {
        var ended = program.EndAsync();
        var opened = program.HearAsync("to fetch");
        await Task.WhenAny(opened, moment, ended);
        while (!moment.IsCompleted && !ended.IsCompleted)
        {
            await LookAsync();
            await Task.WhenAny(moment, Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System));
        }
    }

    /// <summary>Every hour is there with all of its rows and its ledger entry, or with neither.</summary>
    public async Task LookAsync()
    {
        if (!File.Exists(Path))
        {
            return;
        }

        try
        {
            var options = new DuckDbDestinationOptions { Path = Path, ReadOnly = true };
            await using var destination = DuckDbDestination.Open(options, TimeProvider.System);
            await AssertWholeHoursAsync(destination);
        }
        catch (DestinationException reason)
            when (reason.Message.Contains("in use", StringComparison.Ordinal)
                || reason.Message.Contains("holds no Waveguide data", StringComparison.Ordinal)
            ) { }
    }

    /// <summary>Runs once more without being disturbed, and compares every row with the truth.</summary>
    public async Task CompleteAsync(DateTime from, int days)
    {
        var (code, _, error) = await served.RunAsync(Sync(from, days));
        Assert.True(code == 0, error);
        var hours = Enumerable.Range(0, 24 * days).Select(hour => from.AddHours(hour)).ToList();
        using var engine = DuckDbDatabase.Open(new DuckDbOptions { Path = Path, ReadOnly = true });
        using var connection = engine.Connect();
        using (var ledger = connection.Query("SELECT hour FROM waveguide.hours ORDER BY hour"))
        {
            Assert.Equal(hours, ledger.Rows().Select(row => (DateTime)row[0]!));
        }

        using var rows = connection.Query("SELECT uuid FROM amplitude.events ORDER BY uuid");
        var truth = hours.SelectMany(hour => traffic.Truth(hour).Uuids).Select(uuid => uuid.ToString());
        Assert.Equal(truth.Order(StringComparer.Ordinal), rows.Rows().Select(row => (string)row[0]!));
        Assert.Equal(
            connection.Scalar("SELECT count(*) FROM amplitude.events"),
            connection.Scalar(
                "SELECT count::BIGINT FROM waveguide.property_types WHERE property IS NULL AND kind = 'user'"
            )
        );
    }

    private async Task AssertWholeHoursAsync(DuckDbDestination destination)
    {
        const string Hours = """
            SELECT coalesce(h.hour, e._upload_hour), h.rows, count(e.uuid), count(DISTINCT e.uuid)
            FROM waveguide.hours h FULL JOIN amplitude.events e ON e._upload_hour = h.hour
            GROUP BY ALL
            """;
        const string HasTable = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'events'";
        await using (var tables = await destination.QueryAsync(HasTable, [], default))
        {
            if ((await tables.RowsAsync(default).SingleAsync())[0] is 0L)
            {
                return;
            }
        }

        await using var found = await destination.QueryAsync(Hours, [], default);
        await foreach (var row in found.RowsAsync(default))
        {
            var truth = (long)traffic.Truth((DateTime)row[0]!).Events;
            Assert.Equal([truth, truth, truth], [(long)row[1]!, (long)row[2]!, (long)row[3]!]);
        }
    }
}
