using System.CommandLine;
using Microsoft.Extensions.Logging;
using Waveguide.Cli.Configuration;
using Waveguide.Cli.Destinations;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

internal static class DemoCommand
{
    private const string FileName = "waveguide-demo.duckdb";
    private const string Standard = $"duckdb:{FileName}";
    private const int Days = 3;

    public static Command Create(CliHost host)
    {
        var events = CommonOptions.Number("--events-per-day", "Events of a generated day.", 30_000, 1, 1_000_000_000);
        var destination = new CommonOptions().Destination;
        var command = new Command("demo", "Shows it all on generated traffic: no keys, no network.")
        {
            events,
            destination,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
                await RunAsync(host, parsed.GetValue(events), parsed.GetValue(destination), cancellationToken)
        );
        return command;
    }

    /// <param name="destination">Null: a warehouse file that is made anew.</param>
    private static async Task<int> RunAsync(
        CliHost host,
        int eventsPerDay,
        string? destination,
        CancellationToken cancellationToken
    )
    {
        await host.Out.WriteLineAsync(
            $"""
            Waveguide demo: a local Amplitude with {Days} days of generated traffic.
            No keys, no network.

            """
        );
        if (destination is null)
        {
            DeleteOld(Path.Combine(host.WorkingDirectory, FileName));
        }

        var traffic = LocalAmplitude.Traffic(host.Clock, Days, eventsPerDay, seed: 1);
        await using var simulated = await LocalAmplitude.StartAsync(
            LocalAmplitude.Options(host.Clock, traffic),
            cancellationToken
        );
        var session = new Session(host, Settings(host, simulated.Address, destination ?? Standard), LogLevel.Warning);
        var scope = new RunScope(UploadHour.Of(traffic.FirstHour!.Value), UploadHour.Of(traffic.LastHour!.Value).Next);
        IRunView view = host.Terminal is { } terminal
            ? new TerminalView(host, terminal)
            : new PlainView(host, quiet: false);
        var code = await new SyncRun(host, session, scope, view).RunAsync("demo", cancellationToken);
        if (code != ExitCode.Done)
        {
            return code;
        }

        await TellAsync(host, session, scope, cancellationToken);
        if (session.Destination is DuckDbPlace)
        {
            await new DemoModels(host, session).RunAsync(cancellationToken);
        }

        await TellNextAsync(host, session);
        return code;
    }

    private static void DeleteOld(string path)
    {
        try
        {
            File.Delete(path);
            File.Delete($"{path}.wal");
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw new DestinationException($"{path} cannot be replaced ({reason.Message.TrimEnd('.')}).", reason)
            {
                Hint = "Run the demo in a folder where you may write.",
            };
        }
    }

    /// <summary>Only the local Amplitude counts, whatever this machine is configured to.</summary>
    private static Settings Settings(CliHost host, Uri address, string destination) =>
        SettingsReader.Read(
            new SettingsRequest
            {
                WorkingDirectory = host.WorkingDirectory,
                IgnoreFiles = true,
                Environment = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["AMP_API_KEY"] = LocalAmplitude.ApiKey,
                    ["AMP_SECRET_KEY"] = LocalAmplitude.SecretKey,
                    ["AMPLITUDE_URL"] = address.ToString(),
                },
                Destination = destination,
            }
        );

    private static async Task TellAsync(
        CliHost host,
        Session session,
        RunScope scope,
        CancellationToken cancellationToken
    )
    {
        await using var destination = await session.Destination.OpenToReadAsync(cancellationToken);
        var place = session.Settings.Destination == Standard ? $"./{FileName}" : session.Destination.Name;
        var standing = (await Standing.ReadAsync(session, destination, scope, host.Clock, cancellationToken))[0];
        await host.Out.WriteLineAsync(
            $"""

            Landed in {place}: {Figures.Count(standing.Tally.Rows, "event")},
            {Figures.Count(
                standing.Wanted.Count,
                "hour"
            )}, {standing.Tally.Rejected:N0} rejected, {standing.Missing:N0} missing.

            """
        );
        await new DemoAnswers(host.Out, destination).WriteAsync(cancellationToken);
    }

    private static Task TellNextAsync(CliHost host, Session session)
    {
        var address = QueryLine.Address(session.Settings.Destination);
        return host.Out.WriteLineAsync(
            $"""

            Next:
            {host.AliasLine}  waveguide status --destination {address}
            {QueryLine.Of(address, "select event_type, count(*) from amplitude.events group by all")}

            Your own project, with two keys:
              waveguide init
            """
        );
    }
}
