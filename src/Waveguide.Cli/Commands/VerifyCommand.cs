using System.CommandLine;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

internal static class VerifyCommand
{
    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var sample = CommonOptions.Number(
            "--sample",
            "How many loaded hours are drawn if neither --from nor --until is given.",
            standard: 24,
            least: 1,
            most: 10_000
        );
        var seed = CommonOptions.Number(
            "--seed",
            "Draws the same hours as before; 0 draws others each time.",
            standard: 0,
            least: 0,
            most: 999_999
        );
        var command = options.AddTo(
            new Command("verify", "Exports loaded hours again and compares them with the warehouse, row by row."),
            options.Region,
            options.Table,
            options.From,
            options.Until,
            sample,
            seed,
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var scope = options.Scope(parsed);
                IVerifyView view = parsed.GetValue(options.Json) ? new VerifyJson(host) : new VerifyText(host);
                await using var destination = await session.Destination.OpenToReadAsync(cancellationToken);
                var differs = false;
                var all = await Standing.ReadAsync(session, destination, scope, host.Clock, cancellationToken);
                foreach (var standing in Comparable(host, all))
                {
                    var choice =
                        scope.From is null && scope.Until is null
                            ? HourChoice.Draw(standing, parsed.GetValue(sample), Seed(host, parsed.GetValue(seed)))
                            : HourChoice.All(standing);
                    var run = new VerifyRun(session, destination, view);
                    differs |= await run.RunAsync(standing, choice, cancellationToken);
                }

                return differs ? ExitCode.SomeFailed : ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>Only what was exported can be exported again.</summary>
    /// <exception cref="ConfigurationException">Nothing that was asked for can.</exception>
    private static List<Standing> Comparable(CliHost host, IReadOnlyList<Standing> all)
    {
        const string Why = "verify compares exports, and Amplitude may answer this otherwise each time";
        var comparable = all.Where(standing => standing.Kind == TableKind.Hourly).ToList();
        if (comparable.Count == 0)
        {
            throw new ConfigurationException($"{all[0].Table.Name} cannot be verified: {Why}.")
            {
                Hint = "waveguide backfill --again reads it anew and replaces what differs.",
            };
        }

        var others = all.Except(comparable).Select(standing => standing.Label).ToList();
        if (others.Count > 0)
        {
            host.Note($"left out {string.Join(", ", others)}: {Why}.");
        }

        return comparable;
    }

    private static int Seed(CliHost host, int wanted) =>
        wanted > 0 ? wanted : 1 + (int)(host.Clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMillisecond % 999_999);
}
