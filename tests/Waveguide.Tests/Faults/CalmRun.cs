using Waveguide.Cli;
using Waveguide.DuckDb;
using Waveguide.Simulator;
using Waveguide.Simulator.Archive;
using Waveguide.Tests.Cli;
using Waveguide.Tests.Scanning;

namespace Waveguide.Tests.Faults;

/// <summary>What four days become where nothing goes wrong, held against a plain reading of the exported lines.</summary>
public sealed class CalmRun : IAsyncLifetime
{
    internal const string From = "2025-07-07";
    internal const string Until = "2025-07-11";
    private static readonly DateTime FirstDay = new(2025, 7, 7, 0, 0, 0, DateTimeKind.Utc);

    internal static GeneratedTraffic Traffic { get; } =
        GeneratedTraffic.Create(
            new TrafficOptions
            {
                FromUtc = FirstDay,
                UntilUtc = FirstDay.AddDays(4),
                EventsPerDay = 150,
                Shards = 2,
            }
        );

    internal static HourRange Days { get; } = new(UploadHour.Parse(From), UploadHour.Parse(Until));

    /// <summary>By uuid, a hash of all that a row holds but for its place and when it was loaded.</summary>
    internal IReadOnlyDictionary<string, string> Rows { get; private set; } = null!;

    /// <summary>The uuids of the hour in Amplitude, in order.</summary>
    internal static List<string> Truth(UploadHour hour) =>
        [.. Traffic.Truth(hour.Start).Uuids.Select(uuid => uuid.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>Each row's hour, uuid and hash, in the order of the uuids, with whether it is in the given condition.</summary>
    internal static List<Held> Read(string warehouse, string condition = "false")
    {
        using var engine = DuckDbDatabase.Open(new DuckDbOptions { Path = warehouse, ReadOnly = true });
        using var connection = engine.Connect();
        using var rows = connection.Query(
            $"""
            SELECT
                strftime(_upload_hour, '%Y-%m-%dT%H'), uuid,
                hash(*COLUMNS(* EXCLUDE (_upload_hour, _part, _line, _loaded_at)))::VARCHAR,
                coalesce({condition}, false)
            FROM amplitude.events ORDER BY uuid
            """
        );
        return
        [
            .. rows.Rows()
                .Select(row => new Held(
                    UploadHour.Parse((string)row[0]!),
                    (string)row[1]!,
                    (string)row[2]!,
                    (bool)row[3]!
                )),
        ];
    }

    public async ValueTask InitializeAsync()
    {
        await using var shell = await Shell.StartAsync(Traffic);
        (await shell.RunAsync($"sync --from {From} --until {Until}")).Ended(ExitCode.Done);
        Rows = Read(shell.Warehouse).ToDictionary(row => row.Uuid, row => row.Hash);
        Assert.Equal(
            Days.Hours().SelectMany(Truth).Order(StringComparer.Ordinal),
            Rows.Keys.Order(StringComparer.Ordinal)
        );
        using var engine = DuckDbDatabase.Open(new DuckDbOptions { Path = shell.Warehouse, ReadOnly = true });
        using var connection = engine.Connect();
        using var rows = connection.Query("FROM amplitude.events");
        var landed = rows.Rows().ToDictionary(row => (string)row["uuid"]!);
        foreach (var line in Days.Hours().SelectMany(hour => Traffic.Parts(hour.Start)).SelectMany(GzipFile.Lines))
        {
            var expected = SlowModel.Read(line)!;
            Agreement.AssertRow(expected, landed[(string)expected.Values["uuid"]!]);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <param name="Meets">Whether it meets the condition that was asked about.</param>
    internal sealed record Held(UploadHour Hour, string Uuid, string Hash, bool Meets);
}
