using System.Diagnostics;
using Waveguide.Tests.Scanning;

namespace Waveguide.Tests.Fuzz;

/// <summary>
/// Hostile lines and archives by grammar and by damage, in rounds that are drawn from seeds and begin with the corpus.
/// What shows a new feature is damaged further within its round. <c>WAVEGUIDE_SEED</c> replays a round;
/// <c>WAVEGUIDE_FUZZ_SECONDS</c> draws further rounds for so long; <c>WAVEGUIDE_WRITE_CORPUS=1</c> keeps what they find.
/// </summary>
public sealed class FuzzTests(ScanEngine engine, ITestOutputHelper output) : IClassFixture<ScanEngine>
{
    private static readonly Corpus Lines = new("lines.txt", longest: 240);
    private static readonly Corpus Zips = new("archives.txt", longest: 2_000);

    [Fact]
    public Task Whatever_lines_come_each_lands_is_put_aside_or_is_a_repetition_as_the_slow_model_says() =>
        FuzzAsync(Lines, rounds: 20, (dice, pool) => Task.FromResult(new ScanRound(engine, dice, pool).Run()));

    [Fact]
    public Task Whatever_archive_comes_it_is_taken_as_the_base_library_reads_it_or_refused_whole() =>
        FuzzAsync(
            Zips,
            rounds: 60,
            async (dice, pool) =>
            {
                using var folder = new TemporaryFolder();
                using var round = new ArchiveRound(folder, dice, pool);
                try
                {
                    return await round.RunAsync();
                }
                catch (Exception failure)
                {
                    throw new InvalidOperationException(Convert.ToBase64String(round.Last), failure);
                }
            }
        );

    [Fact]
    public void Every_line_of_the_corpus_lands_as_the_slow_model_says()
    {
        var lines = Lines.Read().Select(pair => pair.Input).Where(IsLine).ToList();
        Assert.InRange(lines.Count, 100, 2_000);
        Agreement.AssertLands(engine, lines);
    }

    [Fact]
    public async Task Every_archive_of_the_corpus_is_taken_or_refused_as_it_stands_there()
    {
        using var folder = new TemporaryFolder();
        using var round = new ArchiveRound(folder, new Random(1), new Pool([]));
        var archives = Zips.Read();
        Assert.InRange(archives.Count, 10, 500);
        foreach (var (feature, zip) in archives)
        {
            Assert.Equal(feature, await round.CheckAsync(zip));
        }
    }

    private static bool IsLine(byte[] line) => line.AsSpan().ContainsAnyExcept(" \t\r"u8) && !line.Contains((byte)'\n');

    private async Task FuzzAsync(Corpus corpus, int rounds, Func<Random, Pool, Task<int>> round)
    {
        var first = Seeds.Asked ?? 1;
        var seconds = Seeds.Number("WAVEGUIDE_FUZZ_SECONDS") ?? 0;
        var most = Seeds.Asked is not null && seconds == 0 ? 1 : rounds;
        var known = corpus.Read();
        var found = new Pool(known);
        var watch = Stopwatch.StartNew();
        var (seed, inputs) = (first, 0);
        for (; seconds > 0 ? watch.Elapsed.TotalSeconds < seconds : seed < first + most; seed++)
        {
            var pool = new Pool(known);
            try
            {
                inputs += await round(new Random(seed), pool);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"WAVEGUIDE_SEED={seed} replays this: {failure.Message}", failure);
            }

            foreach (var (feature, input) in pool.ByFeature)
            {
                found.Offer(input, feature);
            }
        }

        Seeds.Tell(
            output,
            $"fuzz {corpus.Name}: seeds {first} to {seed - 1}, {inputs:N0} inputs, {found.ByFeature.Count:N0} features"
        );
        Assert.True(inputs > 0);
        if (Environment.GetEnvironmentVariable("WAVEGUIDE_WRITE_CORPUS") == "1")
        {
            corpus.Add(found.ByFeature);
        }
    }
}
