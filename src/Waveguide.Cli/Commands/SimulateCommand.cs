using System.CommandLine;
using Waveguide.Cli.Output;
using Waveguide.Simulator;

namespace Waveguide.Cli.Commands;

internal static class SimulateCommand
{
    public static Command Create(CliHost host)
    {
        var data = new Option<string?>("--data")
        {
            Description = "Serve the export archives of this folder.",
            HelpName = "DIR",
        };
        var days = CommonOptions.Number("--days", "Otherwise: days of generated traffic.", 3, 1, 3650);
        var events = CommonOptions.Number("--events-per-day", "Events of a generated day.", 60_000, 0, 1_000_000_000);
        var seed = CommonOptions.Number("--seed", "The same seed gives the same traffic.", 1, 0, int.MaxValue);
        var faults = new Option<string?>("--faults")
        {
            Description = "A JSON file that says what goes wrong, and when.",
            HelpName = "FILE",
        };
        var lag = CommonOptions.Number(
            "--lag-minutes",
            "From the start of an hour until it is served; Amplitude takes 180.",
            180,
            0,
            43_200
        );
        var port = CommonOptions.Number("--port", "Where it listens; 0 takes any free port.", 0, 0, 65_535);
        var command = new Command("simulate", "Serves a local Amplitude, for trying things out.")
        {
            data,
            days,
            events,
            seed,
            faults,
            lag,
            port,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                IExportData before = parsed.GetValue(data) is { } folder
                    ? Folder(Path.GetFullPath(folder, host.WorkingDirectory))
                    : LocalAmplitude.Traffic(
                        host.Clock,
                        parsed.GetValue(days),
                        parsed.GetValue(events),
                        (ulong)parsed.GetValue(seed)
                    );
                var served = new ReceivedEvents { Before = before };
                var options = LocalAmplitude.Options(host.Clock, served) with
                {
                    AvailabilityLag = TimeSpan.FromMinutes(parsed.GetValue(lag)),
                    Faults = parsed.GetValue(faults) is { } script
                        ? Script(Path.GetFullPath(script, host.WorkingDirectory))
                        : FaultScript.None,
                    Port = parsed.GetValue(port),
                };
                await using var simulated = await LocalAmplitude.StartAsync(options, cancellationToken);
                await host.Out.WriteLineAsync(Greeting(host, simulated.Address, served));
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

    private static string Greeting(CliHost host, Uri address, ReceivedEvents data)
    {
        var first = UploadHour.Of(data.FirstHour!.Value);
        var last = UploadHour.Of(data.LastHour!.Value);
        return $"""
            A local Amplitude answers at {address} until Ctrl-C.
            It has the hours {Figures.Moment(first)} .. {Figures.Moment(last.Next)} UTC, and takes events:
            point an Amplitude SDK at {address}2/httpapi with the API key {LocalAmplitude.ApiKey}.
            In another terminal:

              export AMPLITUDE_URL={address}
              export AMP_API_KEY={LocalAmplitude.ApiKey} AMP_SECRET_KEY={LocalAmplitude.SecretKey}
            {host.AliasLine}  waveguide sync --from {first}
            """;
    }
}
