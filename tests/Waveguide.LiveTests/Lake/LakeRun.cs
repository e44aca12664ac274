using Waveguide.Simulator;

namespace Waveguide.LiveTests.Lake;

/// <summary>The program, and a place in a store elsewhere that it loads a few hours into.</summary>
internal abstract class LakeRun(ServedProgram program) : IAsyncDisposable
{
    private static readonly DateTime Day = new(2025, 7, 7, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>How many hours of the day are loaded.</summary>
    private const int Hours = 6;

    public static GeneratedTraffic Traffic { get; } =
        GeneratedTraffic.Create(
            new TrafficOptions
            {
                FromUtc = Day,
                UntilUtc = Day.AddHours(Hours),
                EventsPerDay = 4_000,
            }
        );

    public static int Truth { get; } = Enumerable.Range(0, Hours).Sum(hour => Traffic.Truth(Day.AddHours(hour)).Events);

    public int Requests => Program.Requests;

    protected ServedProgram Program { get; } = program;

    protected abstract string Destination { get; }

    /// <summary>The program, told to keep what it fetches where the test can look through it.</summary>
    protected static async Task<ServedProgram> StartProgramAsync()
    {
        var program = await ServedProgram.StartAsync(Traffic);
        await File.WriteAllTextAsync(program.At("waveguide.yml"), "load:\n  spool: ./spool\n");
        return program;
    }

    public string At(string name) => Program.At(name);

    public void Set(string variable, string value) => Program.Set(variable, value);

    public Task<(int Code, string Out, string Error)> SyncAsync(params IEnumerable<string> options) =>
        RunAsync("sync", ["--from", "2025-07-07", "--until", "2025-07-07T06", .. options]);

    public Task<(int Code, string Out, string Error)> RunAsync(string verb, params IEnumerable<string> options) =>
        Program.RunAsync([verb, "--destination", Destination, .. options]);

    /// <summary>What was said, with every break and indent as one blank.</summary>
    public static string Flat(string said) =>
        string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Runs, and looks whether every row of the truth is there and nothing half-uploaded.</summary>
    public async Task CompleteAsync()
    {
        var (code, _, error) = await SyncAsync();
        Assert.True(code == 0, error);
        const string count = "SELECT count(*), count(DISTINCT uuid) FROM amplitude.events";
        var answer = await RunAsync("query", count, "--format", "csv");
        Assert.True(answer.Code == 0, answer.Error);
        Assert.Equal($"{Truth},{Truth}", answer.Out.Split('\n')[1].Trim());
        Assert.Empty(await HalfWrittenAsync());
    }

    /// <summary>The objects, by their keys in the lake.</summary>
    public abstract Task<IReadOnlyList<string>> KeysAsync();

    public abstract Task<IReadOnlyList<string>> HalfWrittenAsync();

    /// <summary>Removes the lock of a run that could not, as its lease does within a minute.</summary>
    public abstract Task OutliveLeaseAsync();

    /// <summary>Looks through what was said, and through every file of the run.</summary>
    public void HoldsNoSecret(string said, params IEnumerable<string> secrets)
    {
        var texts = Directory
            .EnumerateFiles(Program.At("."), "*", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Append(said)
            .ToList();
        Assert.All(
            secrets,
            secret => Assert.All(texts, text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal))
        );
    }

    public ValueTask DisposeAsync() => Program.DisposeAsync();
}
