using System.CommandLine;
using Microsoft.Extensions.Logging;
using Waveguide.Amplitude;
using Waveguide.Cli.Commands;
using Waveguide.Cli.Configuration;
using Waveguide.Cli.Output;
using Waveguide.Destinations.DuckDb;
using Waveguide.Http;

namespace Waveguide.Cli;

/// <summary>The settings of one command, and what is opened by them.</summary>
internal sealed class Session
{
    /// <summary>Days that a first sync goes back when no start is set, as origin 2's connector does.</summary>
    private const int FirstDays = 30;

    private readonly CliHost _host;
    private readonly ILogger _logger;

    private Session(CliHost host, Settings settings, ILogger logger)
    {
        _host = host;
        _logger = logger;
        Settings = settings;
    }

    public Settings Settings { get; }

    public PipelineOptions PipelineOptions =>
        new()
        {
            Availability = Settings.Availability,
            Limits = Settings.Limits,
            FetchAhead = Settings.Requests,
        };

    /// <exception cref="ConfigurationException">The settings cannot be used.</exception>
    public static Session Read(CliHost host, CommonOptions options, ParseResult parsed)
    {
        var settings = SettingsReader.Read(
            new SettingsRequest
            {
                WorkingDirectory = host.WorkingDirectory,
                Environment = host.Environment,
                ConfigPath = Value(parsed, options.Config),
                Destination = Value(parsed, options.Destination),
                Region = Value(parsed, options.Region),
                Tables = Value(parsed, options.Table),
            }
        );
        var level = Value(parsed, options.Verbose) ? LogLevel.Debug : LogLevel.Warning;
        var logger = new ErrorLogger(host, Value(parsed, options.Quiet) ? LogLevel.None : level);
        return new Session(host, settings, logger);
    }

    /// <summary>A session with a local Amplitude, whatever this machine is configured to.</summary>
    public static Session ForDemo(CliHost host, Uri address, string destination)
    {
        var settings = SettingsReader.Read(
            new SettingsRequest
            {
                WorkingDirectory = Path.GetTempPath(),
                Environment = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["AMP_API_KEY"] = "demo-key",
                    ["AMP_SECRET_KEY"] = "demo-secret",
                    ["AMPLITUDE_URL"] = address.ToString(),
                },
                Destination = destination,
            }
        );
        return new Session(host, settings, new ErrorLogger(host, LogLevel.Warning));
    }

    /// <param name="attempts">How often a request is tried; null for as long as a run does.</param>
    public AmplitudeSource OpenSource(ProjectSettings project, int? attempts = null)
    {
        var keys = project.Keys();
        var defaults = new AmplitudeOptions
        {
            Project = project.Name,
            ApiKey = keys.ApiKey,
            SecretKey = keys.SecretKey,
            Region = project.Region == DataRegion.Eu ? AmplitudeRegion.Eu : AmplitudeRegion.Us,
            Url = project.Url,
            Send = new SendOptions
            {
                Concurrency = Settings.Requests,
                FirstByte = Settings.Timeout,
                Attempts = attempts ?? new SendOptions().Attempts,
            },
        };
        return new AmplitudeSource(
            Settings.SpoolFolder is { } folder ? defaults with { SpoolFolder = folder } : defaults,
            _host.Clock,
            _logger
        );
    }

    /// <param name="verb">Who writes, as others are told who find it in use.</param>
    public IDestination OpenToWrite(string verb) =>
        DuckDbDestination.Open(
            new DuckDbDestinationOptions
            {
                Path = DestinationPath,
                MemoryLimitBytes = Settings.MemoryLimitBytes,
                Threads = Settings.Threads,
                Owner = $"waveguide {verb}",
            },
            _host.Clock
        );

    public IDestination OpenToRead() =>
        DuckDbDestination.Open(
            new DuckDbDestinationOptions
            {
                Path = DestinationPath,
                ReadOnly = true,
                Threads = Settings.Threads,
            },
            _host.Clock
        );

    public DestinationAddress Address => DestinationAddress.Parse(Settings.Destination);

    /// <summary>Full path of the warehouse file.</summary>
    public string DestinationPath => Path.GetFullPath(Address.Path, _host.WorkingDirectory);

    /// <summary>Whether the destination has been written to before.</summary>
    public bool DestinationExists => File.Exists(DestinationPath);

    /// <summary>The tables that were asked for.</summary>
    /// <exception cref="ConfigurationException">A name is not one of the source's.</exception>
    public IReadOnlyList<Table> Tables() => [.. Settings.Tables.Select(TableNames.Find)];

    /// <summary>The hours that a run answers for: as asked, or else from the project's start, the first loaded hour, or 30 days ago.</summary>
    /// <exception cref="ConfigurationException">The end is not after the beginning.</exception>
    public RunRequest Request(ProjectSettings project, Coverage coverage, UploadHour? from, UploadHour? until)
    {
        var recent = UploadHour.Of(_host.Clock.GetUtcNow()).Midnight.AddHours(-24 * FirstDays);
        var first = from ?? project.Start ?? (coverage.First is { } loaded && loaded < recent ? loaded : recent);
        return until is { } end && end <= first
            ? throw new ConfigurationException(
                from is null
                    ? $"--until {end} is not after the first wanted hour, {first}."
                    : $"--until {end} is not after --from {first}."
            )
            {
                Hint = "until is excluded: one day is --from 2025-07-09 --until 2025-07-10.",
            }
            : new RunRequest(first, until);
    }

    /// <summary>What a run would do now; a destination that is not there yet holds nothing.</summary>
    public async Task<Plan> PlanAsync(
        ProjectSettings project,
        Table table,
        RunScope scope,
        CancellationToken cancellationToken
    )
    {
        var coverage = new Coverage([]);
        if (DestinationExists)
        {
            await using var destination = OpenToRead();
            coverage = await destination.CoverageAsync(project.Name, table, cancellationToken);
        }

        using var source = OpenSource(project);
        var request = Request(project, coverage, scope.From, scope.Until);
        var planner = new Planner(source, Settings.Availability, _host.Clock);
        return await planner.PlanAsync(table, request, coverage, cancellationToken);
    }

    /// <summary>Where every project and table stands, in the order of the configuration.</summary>
    public async Task<IReadOnlyList<Standing>> StandingsAsync(
        IDestination destination,
        RunScope scope,
        CancellationToken cancellationToken
    )
    {
        var standings = new List<Standing>();
        var now = _host.Clock.GetUtcNow();
        foreach (var project in Settings.Projects)
        {
            foreach (var table in Tables())
            {
                var coverage = await destination.CoverageAsync(project.Name, table, cancellationToken);
                var request = Request(project, coverage, scope.From, scope.Until);
                var wanted = request.Wanted(Settings.Availability, now);
                standings.Add(
                    new Standing(project.Name, table, wanted, coverage, now)
                    {
                        Newest = Settings.Availability.SafeUntil(now).AddHours(-1),
                    }
                );
            }
        }

        return standings;
    }

    private static T? Value<T>(ParseResult parsed, Option<T> option) =>
        parsed.CommandResult.Command.Options.Contains(option) ? parsed.GetValue(option) : default;
}
