using System.Text;
using Waveguide.Cli;
using Waveguide.Simulator;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Cli;

/// <summary>
/// A working directory, an environment and a local Amplitude, in which the program is called. It is 02:30 UTC on 12 July
/// 2025: the hours before that day are published, and those before 11 July are final.
/// </summary>
internal sealed class Shell : IAsyncDisposable
{
    public const string ApiKey = "api-key-3f1c";
    public const string SecretKey = "secret-key-9b2e";

    private readonly TemporaryFolder _folder = new();

    private Shell(SimulatedAmplitude amplitude)
    {
        Amplitude = amplitude;
        Environment = new(StringComparer.Ordinal)
        {
            ["AMP_API_KEY"] = ApiKey,
            ["AMP_SECRET_KEY"] = SecretKey,
            ["AMPLITUDE_URL"] = amplitude.Address.ToString(),
        };
    }

    public static DateTime Now { get; } = new(2025, 7, 12, 2, 30, 0, DateTimeKind.Utc);

    public SimulatedAmplitude Amplitude { get; }

    public Dictionary<string, string> Environment { get; }

    public TimeProvider Clock { get; set; } = new ManualClock(Now);

    /// <summary>Sees every line on standard error as it is written.</summary>
    public Action<string> Watch { get; set; } = _ => { };

    /// <summary>What a person answers; null if nobody is there.</summary>
    public string? Answer { get; set; }

    public string Folder => _folder.Path;

    public string Warehouse => _folder.At("warehouse.duckdb");

    /// <summary>Two rows in each hour of 10 and 11 July.</summary>
    public static MemoryData TwoDays()
    {
        var data = new MemoryData();
        foreach (var hour in Enumerable.Range(0, 48))
        {
            var start = Now.Date.AddHours(hour - 48);
            data.Add(start, 1, Row($"{hour}-a", start), Row($"{hour}-b", start));
        }

        return data;
    }

    /// <param name="more">Further keys and values, with a comma at the end.</param>
    public static byte[] Row(string uuid, DateTime hour, string more = "") =>
        Encoding.UTF8.GetBytes(
            $$"""{"event_type":"view",{{more}}"server_upload_time":"{{hour:yyyy-MM-dd HH}}:30:00.000000","uuid":"{{uuid}}"}"""
        );

    public static async Task<Shell> StartAsync(
        IExportData? data = null,
        Func<SimulatorOptions, SimulatorOptions>? change = null
    )
    {
        var options = new SimulatorOptions
        {
            Projects =
            [
                new SimulatedProject
                {
                    ApiKey = ApiKey,
                    SecretKey = SecretKey,
                    Data = data ?? TwoDays(),
                },
            ],
            Clock = new ManualClock(Now),
        };
        return new Shell(await SimulatedAmplitude.StartAsync(change?.Invoke(options) ?? options));
    }

    /// <summary>
    /// Nobody waits, neither the program nor the limits of the simulated APIs; only the two minutes after which an answer
    /// counts as stalled do not pass by themselves.
    /// </summary>
    /// <param name="project">Changes what the project holds.</param>
    public static async Task<Shell> StartImpatientAsync(
        Func<SimulatedProject, SimulatedProject> project,
        IExportData? data = null,
        FaultScript? faults = null
    )
    {
        var clock = new ImpatientClock(Now) { Patience = TimeSpan.FromSeconds(90) };
        var shell = await StartAsync(
            data,
            options =>
                options with
                {
                    Clock = clock,
                    Faults = faults ?? FaultScript.None,
                    Projects = [project(options.Projects[0])],
                }
        );
        shell.Clock = clock;
        return shell;
    }

    public Shell WithFile(string name, string text)
    {
        File.WriteAllText(_folder.At(name), text);
        return this;
    }

    /// <summary>Calls the program by words between blanks.</summary>
    public Task<Outcome> RunAsync(string words, CancellationToken cancellationToken = default) =>
        RunAsync(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), cancellationToken);

    public async Task<Outcome> RunAsync(string[] words, CancellationToken cancellationToken = default)
    {
        using var results = new WatchedWriter(_ => { });
        using var rest = new WatchedWriter(line => Watch(line));
        var code = await new Application(Host(results, rest)).RunAsync(words, cancellationToken);
        var outcome = new Outcome(code, results.ToString(), rest.ToString());
        OutputRules.Check(outcome, isQuery: words.Contains("query"));
        return outcome;
    }

    /// <summary>The first row that a query finds, as CSV.</summary>
    public async Task<string> CellsAsync(string sql, string? destination = null)
    {
        string[] place = destination is null ? [] : ["--destination", destination];
        return (await RunAsync(["query", "--format", "csv", .. place, sql])).Ended(ExitCode.Done).OutLines[1];
    }

    public CliHost Host(TextWriter results, TextWriter rest) =>
        new()
        {
            Out = results,
            Error = rest,
            In = new StringReader(Answer ?? string.Empty),
            WorkingDirectory = Folder,
            Environment = Environment,
            Clock = Clock,
            CanAsk = Answer is not null,
        };

    public async ValueTask DisposeAsync()
    {
        await Amplitude.DisposeAsync();
        _folder.Dispose();
    }
}
