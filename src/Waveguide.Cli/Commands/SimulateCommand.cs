using System.CommandLine;
using Waveguide.Cli.Output;
using Waveguide.Simulator;

namespace Waveguide.Cli.Commands;

internal static class SimulateCommand
{
    private const string Key = "demo-key";
    private const string Secret = "demo-secret";

    public static Command Create(CliHost host)
    {
        var data = new Option<string?>("--data")
        {
            Description = "Serve the export archives of this folder.",
            HelpName = "DIR",
        };
        var days = new Option<int>("--days")
        {
            Description = "Otherwise: days of generated traffic, 3 by default.",
            DefaultValueFactory = _ => 3,
        };
        var events = new Option<int>("--events-per-day")
        {
            Description = "Events of a generated day: 60,000 by default.",
            DefaultValueFactory = _ => 60_000,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Of the generated traffic; the same seed gives the same bytes.",
            DefaultValueFactory = _ => 1,
        };
        var faults = new Option<string?>("--faults")
        {
            Description = "A JSON file that says what goes wrong, and when.",
            HelpName = "FILE",
        };
        var port = new Option<int>("--port")
        {
            Description = "0, the default, takes any free one.",
            DefaultValueFactory = _ => 0,
        };
        var command = new Command("simulate", "Serves a local Amplitude, for trying things out.")
        {
            data,
            days,
            events,
            seed,
            faults,
            port,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                IExportData served = parsed.GetValue(data) is { } folder
                    ? Folder(Path.GetFullPath(folder, host.WorkingDirectory))
                    : LocalAmplitude.Traffic(
                        host.Clock,
                        parsed.GetValue(days),
                        parsed.GetValue(events),
                        parsed.GetValue(seed)
                    );
                var options = new SimulatorOptions
                {
                    Projects =
                    [
                        new SimulatedProject
                        {
                            ApiKey = Key,
                            SecretKey = Secret,
                            Data = served,
                        },
                    ],
                    Clock = host.Clock,
                    Faults = parsed.GetValue(faults) is { } script
                        ? Script(Path.GetFullPath(script, host.WorkingDirectory))
                        : FaultScript.None,
                    Port = parsed.GetValue(port),
                };
                await using var simulated = await LocalAmplitude.StartAsync(options, cancellationToken);
                await host.Out.WriteLineAsync(Greeting(simulated.Address, served));
                await Task.Delay(Timeout.InfiniteTimeSpan, host.Clock, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static ArchiveFolder Folder(string folder)
    {
        try
        {
            var archives = new ArchiveFolder(folder);
            return archives.FirstHour is not null
                ? archives
                : throw new ConfigurationException(
                    $"{folder} holds no export archive (*.zip) and no part (*.json.gz)."
                );
        }
        catch (Exception reason) when (reason is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{folder} cannot be served ({reason.Message.TrimEnd('.')}).", reason);
        }
    }

    private static FaultScript Script(string path)
    {
        try
        {
            return FaultScript.Load(path);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ConfigurationException($"{path} is no fault script ({reason.Message.TrimEnd('.')}).", reason);
        }
    }

    private static string Greeting(Uri address, IExportData data)
    {
        var first = UploadHour.Of(data.FirstHour!.Value);
        var last = UploadHour.Of(data.LastHour!.Value);
        return $"""
            A local Amplitude answers at {address} until Ctrl-C.
            It has the hours {Figures.Moment(first)} .. {Figures.Moment(last.Next)} UTC. In another terminal:

              export AMPLITUDE_URL={address} AMP_API_KEY={Key} AMP_SECRET_KEY={Secret}
              waveguide sync --from {first}
            """;
    }
}
