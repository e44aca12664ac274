namespace Waveguide.Tests.Simulation;

/// <summary>
/// Whole lives of a warehouse, drawn from seeds: late rows, faults of source, disk and destination, interruptions, leaps of
/// time. <c>WAVEGUIDE_SEED</c> replays one; <c>WAVEGUIDE_SEEDS</c> says how many to draw.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int FirstSeed = 1;

    [Fact]
    public Task Whatever_happens_committed_is_covered_is_there_and_a_calm_run_completes_it() =>
        LiveAsync(Budget(3_000), life => life.InMemoryAsync());

    [Fact]
    public Task Whatever_happens_a_real_warehouse_holds_exactly_what_was_committed() =>
        LiveAsync(Math.Max(1, Budget(3_000) / 100), life => life.OnDiskAsync());

    [Fact]
    public async Task A_seed_tells_the_same_story_every_time()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var (first, second) = (new Life(seed), new Life(seed));
            await first.InMemoryAsync();
            await second.InMemoryAsync();
            Assert.NotEmpty(first.Trace);
            Assert.Equal(first.Trace, second.Trace);
        }
    }

    private async Task LiveAsync(int lives, Func<Life, Task<int>> live)
    {
        var seeds = Seeds.Asked is { } one ? [one] : Enumerable.Range(FirstSeed, lives).ToArray();
        var runs = 0;
        foreach (var seed in seeds)
        {
            var life = new Life(seed);
            try
            {
                runs += await live(life);
            }
            catch (Exception failure)
            {
                var story = string.Join('\n', life.Trace.TakeLast(40));
                throw new InvalidOperationException($"WAVEGUIDE_SEED={seed} replays this:\n{story}", failure);
            }
        }

        Seeds.Tell(output, $"simulation: seeds {seeds[0]} to {seeds[^1]}, {runs} whole runs");
        Assert.True(runs >= 4 * seeds.Length);
    }

    private static int Budget(int standard) => Seeds.Number("WAVEGUIDE_SEEDS") ?? standard;
}
