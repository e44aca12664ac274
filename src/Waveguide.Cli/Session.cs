using System.CommandLine;
using Microsoft.Extensions.Logging;
using Waveguide.Amplitude;
using Waveguide.Amplitude.Bucket;
using Waveguide.Cli.Commands;
using Waveguide.Cli.Configuration;
using Waveguide.Cli.Destinations;
using Waveguide.Cli.Output;
using Waveguide.Destinations.DuckDb;
using Waveguide.Http;

namespace Waveguide.Cli;

/// <summary>The settings of one command, and what is opened by them.</summary>
internal sealed class Session(CliHost host, Settings settings, LogLevel log)
{
    /// <summary>How long a person waits for an answer.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(30);

    private readonly ErrorLogger _logger = new(host, log);
    private readonly AmplitudePace _pace = new(host.Clock);

    public Settings Settings => settings;

    /// <exception cref="ConfigurationException">The destination's address or an option of it cannot be used.</exception>
    public DestinationPlace Destination { get; } = DestinationRequest.Place(host, settings, new ErrorLogger(host, log));

    /// <summary>The tables that were asked for.</summary>
    /// <exception cref="ConfigurationException">A name is not one of the source's.</exception>
    public IReadOnlyList<Table> Tables { get; } =
    [.. settings.Tables.Select(name => TableNames.Find(name, settings.Bucket is not null))];

    public PipelineOptions PipelineOptions { get; } =
        new()
        {
            Availability = settings.Availability,
            Limits = settings.Limits,
            FetchAhead = settings.Requests,
            Privacy = settings.Privacy.AtLanding,
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
                Models = Value(parsed, options.Models),
                Variables = Value(parsed, options.Var),
                UserIds = WantedUsers.Split(Value(parsed, options.UserIds)),
            }
        );
        var loud = Value(parsed, options.Verbose) ? LogLevel.Debug : LogLevel.Warning;
        return new Session(host, settings, Value(parsed, options.Quiet) ? LogLevel.None : loud);
    }

    /// <exception cref="ConfigurationException">
    /// The project's keys, its number in a bucket, or the key of hashes is not set, or a table cannot be hidden so.
    /// </exception>
    public void CheckSource(ProjectSettings project)
    {
        settings.Privacy.Check(Tables);
        if (settings.Bucket is null)
        {
            _ = project.Keys();
        }
        else
        {
            _ = AppOf(project);
        }
    }

    /// <summary>Where the project's rows come from.</summary>
    /// <param name="destination">Where the users are looked for whose profiles are wanted; null: nowhere.</param>
    /// <param name="progress">Told how far the profiles are.</param>
    /// <exception cref="ConfigurationException">The project's keys, or its number in a bucket, are not set.</exception>
    public ISource OpenSource(
        ProjectSettings project,
        IDestination? destination = null,
        IProgress<PipelineEvent>? progress = null
    )
    {
        if (settings.Bucket is not { } bucket)
        {
            var amplitude = OpenAmplitude(project, destination: destination, progress: progress);
            amplitude.RemoveLeft();
            return amplitude;
        }

        var options = new BucketOptions
        {
            Project = project.Name,
            App = AppOf(project),
            Organisation = bucket.Organisation,
            EmptyAfter = bucket.EmptyAfter,
        };
        return new BucketSource(
            DestinationRequest.Store(host, settings, _logger, bucket.Address),
            settings.SpoolFolder is { } folder ? options with { SpoolFolder = folder } : options,
            host.Clock
        );
    }

    /// <param name="once">Whether a request is tried once and briefly, and not as patiently as in a run.</param>
    /// <param name="destination">Where the users are looked for whose profiles are wanted; null: nowhere.</param>
    /// <param name="progress">Told how far the profiles are.</param>
    /// <exception cref="ConfigurationException">The project's keys are not set.</exception>
    public AmplitudeSource OpenAmplitude(
        ProjectSettings project,
        bool once = false,
        IDestination? destination = null,
        IProgress<PipelineEvent>? progress = null
    )
    {
        var keys = project.Keys();
        var options = new AmplitudeOptions
        {
            Project = project.Name,
            ApiKey = keys.ApiKey,
            SecretKey = keys.SecretKey,
            Region = project.Region == DataRegion.Eu ? AmplitudeRegion.Eu : AmplitudeRegion.Us,
            Url = project.Url,
            Cohorts = settings.TableOptions.MemberCohorts,
            ActiveUsers = settings.TableOptions.ActiveUsers,
            SessionLengths = settings.TableOptions.SessionLengths,
            Profiles = new WantedUsers(settings.TableOptions, project.Name, destination, host.Clock).Profiles() with
            {
                Counted = (had, all) => progress?.Report(new PipelineEvent.Fetching(had, all, "user")),
            },
            Send = new SendOptions { Concurrency = settings.Requests, FirstByte = settings.Timeout },
        };
        if (once)
        {
            options = options with { Send = options.Send with { Attempts = 1, FirstByte = ShortWait } };
        }

        return new AmplitudeSource(
            settings.SpoolFolder is { } folder ? options with { SpoolFolder = folder } : options,
            _pace,
            host.Clock,
            _logger
        );
    }

    /// <summary>The warehouse, for running models on it.</summary>
    /// <param name="verb">Who writes, as others are told who find it in use.</param>
    /// <exception cref="ConfigurationException">The destination is no warehouse that runs models in this version.</exception>
    /// <exception cref="DestinationException">It cannot be opened, is in use, or a newer Waveguide wrote it.</exception>
    public DuckDbDestination OpenToTransform(string verb) =>
        Destination is DuckDbPlace place
            ? place.OpenToTransform(verb)
            : throw new ConfigurationException($"models are run on a DuckDB warehouse, and {Destination.Name} is none.")
            {
                Hint =
                    "For other warehouses the folder models/ is a dbt project; or name one with --destination duckdb:FILE.",
            };

    /// <summary>A warehouse of its own, for rows that are only compared.</summary>
    public DuckDbDestination OpenBeside(string path) =>
        DuckDbDestination.Open(
            new DuckDbDestinationOptions
            {
                Path = path,
                MemoryLimitBytes = settings.MemoryLimitBytes,
                Threads = settings.Threads,
            },
            host.Clock
        );

    private static int AppOf(ProjectSettings project) =>
        project.App
        ?? throw new ConfigurationException($"the number of project {project.Name} in the bucket is not set.")
        {
            Hint =
                "Write it as source.app (projects[].app where there are several): it begins the names of the files, as "
                + "in 100011471_2025-07-09_14#0.json.gz.",
        };

    private static T? Value<T>(ParseResult parsed, Option<T> option) =>
        parsed.CommandResult.Command.Options.Contains(option) ? parsed.GetValue(option) : default;
}
