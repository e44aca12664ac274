using System.CommandLine;
using Waveguide.Cli.Output;
using Waveguide.Simulator;

namespace Waveguide.Cli.Commands;

internal static class DemoCommand
{
    private const string FileName = "waveguide-demo.duckdb";
    private const int Days = 3;
    private const int EventsPerDay = 60_000;

    public static Command Create(CliHost host)
    {
        var command = new Command("demo", "Shows it all on generated traffic: no keys, no network.");
        command.SetAction(async (_, cancellationToken) => await RunAsync(host, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        await host.Out.WriteLineAsync(
            $"Waveguide demo: a local Amplitude with {Days} days of generated traffic, no keys, no network.\n"
        );
        var traffic = LocalAmplitude.Traffic(host.Clock, Days, EventsPerDay, seed: 1);
        await using var simulated = await LocalAmplitude.StartAsync(
            new SimulatorOptions
            {
                Projects =
                [
                    new SimulatedProject
                    {
                        ApiKey = "demo-key",
                        SecretKey = "demo-secret",
                        Data = traffic,
                    },
                ],
                Clock = host.Clock,
            },
            cancellationToken
        );
        var code = await SyncAsync(host, simulated.Address, traffic, cancellationToken);
        return code;
    }

    private static async Task<int> SyncAsync(
        CliHost host,
        Uri address,
        GeneratedTraffic traffic,
        CancellationToken cancellationToken
    )
    {
        var session = Session.ForDemo(host, address, $"duckdb:{FileName}");
        foreach (var left in new[] { session.DestinationPath, session.DestinationPath + ".wal" })
        {
            File.Delete(left);
        }

        var scope = new RunScope(UploadHour.Of(traffic.FirstHour!.Value), Until: null);
        IRunView view = host.ErrorIsTerminal ? new TerminalView(host) : new PlainView(host, quiet: false);
        await using var destination = session.OpenToWrite("demo");
        var code = await new SyncRun(host, session, view).RunAsync(scope, destination, cancellationToken);
        if (code == ExitCode.Done)
        {
            await host.Out.WriteLineAsync();
            var standings = await session.StandingsAsync(destination, scope, cancellationToken);
            await new DemoAnswers(host, destination).WriteAsync(standings[0], FileName, cancellationToken);
        }

        return code;
    }
}
