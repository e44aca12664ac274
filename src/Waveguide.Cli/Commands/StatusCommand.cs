using System.CommandLine;
using System.Text.Json.Nodes;
using System.Xml;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

internal static class StatusCommand
{
    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var days = CommonOptions.Number("--days", "How many days are drawn.", standard: 12, least: 1, most: 10_000);
        var command = options.AddTo(
            new Command("status", "Shows which hours are loaded, and how far they are complete."),
            options.Table,
            options.From,
            options.Until,
            days,
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var scope = options.Scope(parsed);
                await using var destination = await session.Destination.OpenToReadAsync(cancellationToken);
                var all = await Standing.ReadAsync(session, destination, scope, host.Clock, cancellationToken);
                foreach (var standing in all)
                {
                    if (parsed.GetValue(options.Json))
                    {
                        WriteJson(host, standing);
                        continue;
                    }

                    host.Out.Write(standing == all[0] ? string.Empty : Environment.NewLine);
                    Write(host, session.Destination.Name, standing, parsed.GetValue(days));
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static void WriteJson(CliHost host, Standing standing) =>
        host.Out.WriteJson(
            standing.Kind == TableKind.Snapshot
                ? new SnapshotStanding(standing).Json()
                : new JsonObject([
                    new("project", standing.Project),
                    new("table", standing.Table.Name),
                    .. Spans.Ends(standing.Kind, standing.Wanted),
                ])
                {
                    [$"{Spans.Unit(standing.Kind)}s"] = new JsonObject
                    {
                        ["confirmed"] = standing.Count(HourState.Confirmed),
                        ["provisional"] = standing.Count(HourState.Provisional),
                        ["failed"] = standing.Count(HourState.Failed),
                        ["too-large"] = standing.Count(HourState.TooLarge),
                        ["missing"] = standing.Missing,
                        ["empty"] = standing.Empty,
                    },
                    ["rows"] = standing.Tally.Rows,
                    ["rejected"] = standing.Tally.Rejected,
                    ["lag"] = XmlConvert.ToString(standing.Lag),
                }
        );

    private static void Write(CliHost host, string warehouse, Standing standing, int days)
    {
        host.Out.WriteLine($"project {standing.Project} · {standing.Table.Name} · {warehouse}");
        if (standing.Kind == TableKind.Snapshot)
        {
            host.Out.WriteLine(Prose.Wrap(new SnapshotStanding(standing).Sentence(), indent: 0));
            return;
        }

        if (standing.Wanted.IsEmpty)
        {
            host.Out.WriteLine(Prose.Wrap($"{RunText.NothingDue(standing.Kind, standing.Wanted)}.", indent: 0));
            return;
        }

        host.Out.WriteLine(Newest(standing));
        host.Out.WriteLine();
        if (standing.Kind == TableKind.Daily)
        {
            new DayMap(standing).Write(host.Out, days);
        }
        else
        {
            new StatusMap(standing).Write(host.Out, days);
        }

        host.Out.WriteLine();
        host.Out.WriteLine(Sentence(standing));
    }

    private static string Newest(Standing standing) =>
        $"newest complete {Spans.Unit(standing.Kind)} at Amplitude: {Spans.Moment(standing.Kind, standing.Newest)}"
        + (standing.Kind == TableKind.Daily ? $" (time zone {standing.Availability.Zone.Id})" : string.Empty);

    private static string Sentence(Standing standing)
    {
        var (kind, first) = (standing.Kind, standing.Wanted.From);
        var complete =
            standing.CompleteUntil <= first
                ? $"Nothing is loaded at {Spans.Moment(kind, first)}, the first wanted {Spans.Unit(kind)}"
            : kind == TableKind.Daily ? $"Complete: {Spans.Between(kind, new HourRange(first, standing.CompleteUntil))}"
            : $"Complete from {Figures.Moment(first)} to {Figures.Moment(standing.CompleteUntil)} UTC";
        var gaps =
            standing.Gaps.Count == 0 ? string.Empty : $"; {Figures.Count(standing.Gaps.Count, "gap")} (waveguide gaps)";
        var rejected =
            standing.Tally.Rejected == 0
                ? string.Empty
                : $" {Figures.Count(standing.Tally.Rejected, "line")} in quarantine (waveguide quarantine).";
        return Prose.Wrap($"{complete}{gaps}.{rejected}", indent: 0);
    }
}
