using Waveguide.Simulator;
using Waveguide.Tests;

namespace Waveguide.LiveTests;

/// <summary>
/// The program is killed at random moments, over and over, while a reader tries to look: DuckDB lets it in between two
/// runs, and at a run's own file only when the run is over. What a kill leaves behind is what a loss of power leaves to
/// the page cache; a disk that lies about what it has written is not simulated.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Kills = 100;
    private static readonly DateTime FirstDay = new(2025, 7, 7, 0, 0, 0, DateTimeKind.Utc);

    private static readonly GeneratedTraffic Traffic = GeneratedTraffic.Create(
        new TrafficOptions
        {
            FromUtc = FirstDay,
            UntilUtc = FirstDay.AddDays(12),
            EventsPerDay = 1_500,
        }
    );

    [Fact]
    public async Task However_often_it_is_killed_every_look_finds_whole_hours_and_the_last_run_completes()
    {
        var seed = Seeds.Asked ?? 20260101;
        Seeds.Tell(output, $"kills: seed {seed}, {Kills} of them");
        var dice = new Random(seed);
        await using var served = await ServedProgram.StartAsync(Traffic);
        await File.WriteAllTextAsync(served.At("waveguide.yml"), "load:\n  spool: ./spool\n");
        var phases = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var killed = 0;
        for (var round = 0; killed < Kills; round++)
        {
            var warehouse = new WatchedWarehouse(served, $"round-{round}.duckdb", Traffic);
            while (killed < Kills && await RunAsync(served, warehouse, dice) is { } phase)
            {
                killed++;
                phases[phase] = phases.GetValueOrDefault(phase) + 1;
            }

            await warehouse.CompleteAsync(FirstDay, days: 12);
        }

        // A run that fetches anything first removes what dead ones left in the spool.
        Assert.Equal(0, (await served.RunAsync("sync", "--from", "2025-07-07", "--until", "2025-07-08")).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(served.At("spool")));
        output.WriteLine(string.Join(", ", phases.Select(phase => $"{phase.Value} {phase.Key}")));
        Assert.All(
            [WatchedWarehouse.Starting, WatchedWarehouse.Fetching, WatchedWarehouse.Loading],
            phase => Assert.InRange(phases.GetValueOrDefault(phase), 5, Kills)
        );
    }

    /// <summary>In any phase, however slow the machine is: some time after the start, the plan or the first commit.</summary>
    private static async Task MomentAsync(WaveguideProcess program, Random dice)
    {
        var (phase, wait) = (dice.Next(3), TimeSpan.FromMilliseconds(dice.Next(400)));
        if (phase > 0)
        {
            await Task.WhenAny(program.HearAsync(phase == 1 ? "to fetch" : " committed"), program.EndAsync());
        }

        await Task.Delay(wait, TimeProvider.System);
    }

    /// <returns>What the program was doing when it was killed; null if it came to its end before.</returns>
    private static async Task<string?> RunAsync(ServedProgram served, WatchedWarehouse warehouse, Random dice)
    {
        using var program = served.Start(warehouse.Sync(FirstDay, days: 12));
        await warehouse.LookUntilAsync(MomentAsync(program, dice), program);
        var wasKilled = program.Kill();
        var code = await program.EndAsync();
        await warehouse.LookAsync();
        if (wasKilled)
        {
            return WatchedWarehouse.PhaseOf(program.Out + program.Error);
        }

        Assert.True(code == 0, program.Error);
        return null;
    }
}
