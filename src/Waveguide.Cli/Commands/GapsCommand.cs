using System.CommandLine;
using System.Text.Json.Nodes;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

internal static class GapsCommand
{
    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var command = options.AddTo(
            new Command("gaps", "Lists the wanted hours that are not loaded, and why."),
            options.Table,
            options.From,
            options.Until,
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var scope = options.Scope(parsed);
                await using var destination = await session.Destination.OpenToReadAsync(cancellationToken);
                foreach (
                    var standing in await Standing.ReadAsync(session, destination, scope, host.Clock, cancellationToken)
                )
                {
                    Write(host, standing, parsed.GetValue(options.Json));
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static void Write(CliHost host, Standing standing, bool json)
    {
        if (standing.Kind == TableKind.Snapshot)
        {
            WriteSnapshot(host, standing, json);
            return;
        }

        var gaps = standing.Gaps.SelectMany(range => Alike(standing, range)).ToList();
        if (gaps.Count == 0 && !json)
        {
            host.Out.WriteLine(
                standing.Wanted.IsEmpty
                    ? Prose.Wrap($"{standing.Label}  {RunText.NothingDue(standing.Kind, standing.Wanted)}.")
                    : $"{standing.Label}  no gaps: {Spans.Count(standing.Kind, standing.Wanted.Count)} wanted, all loaded."
            );
        }

        foreach (var (hours, record) in gaps)
        {
            if (json)
            {
                host.Out.WriteJson(
                    new JsonObject([
                        new("project", standing.Project),
                        new("table", standing.Table.Name),
                        .. Spans.Ends(standing.Kind, hours),
                        .. Spans.Number(standing.Kind, hours.Count),
                        new("state", record?.State.Name() ?? "missing"),
                        new("reason", record?.Reason),
                    ])
                );
            }
            else
            {
                WriteText(host, standing, hours, record);
            }
        }
    }

    /// <summary>Cuts a gap where its reason changes.</summary>
    private static IEnumerable<(HourRange Hours, HourRecord? Record)> Alike(Standing standing, HourRange gap)
    {
        var start = gap.From;
        foreach (var hour in gap.Hours())
        {
            var (record, next) = (standing.Coverage[hour], standing.Coverage[hour.Next]);
            if (hour.Next == gap.Until || record?.State != next?.State || record?.Reason != next?.Reason)
            {
                yield return (new HourRange(start, hour.Next), record);
                start = hour.Next;
            }
        }
    }

    private static void WriteSnapshot(CliHost host, Standing standing, bool json)
    {
        var snapshot = new SnapshotStanding(standing);
        if (!json)
        {
            host.Out.WriteLine(Prose.Wrap($"{standing.Label}  {snapshot.Gap ?? "no gaps"}: {snapshot.Sentence()}"));
        }
        else if (snapshot.Gap is { } state)
        {
            host.Out.WriteJson(
                new
                {
                    project = standing.Project,
                    table = standing.Table.Name,
                    state,
                    reason = snapshot.Failed?.Reason,
                }
            );
        }
    }

    private static void WriteText(CliHost host, Standing standing, HourRange hours, HourRecord? record)
    {
        var kind = standing.Kind;
        var when = hours.Count == 1 ? Spans.Moment(kind, hours.From) : Spans.Between(kind, hours);
        var head = $"{standing.Label}  {when}  {Spans.Count(kind, hours.Count)}  ";
        var (state, hint) = record?.State switch
        {
            HourState.TooLarge => (
                "too large",
                "This hour alone is over 4 GB, which the Export API refuses. Amplitude's own S3 export has no such "
                    + $"limit. To ask again all the same: waveguide backfill --from {hours.From} --until {hours.Until} --again"
            ),
            HourState.Failed => ("failed", $"{record.Reason} The next waveguide sync tries again."),
            _ => ("missing", "Not loaded yet: waveguide sync fetches it."),
        };
        host.Out.WriteLine(head + state);
        host.Out.WriteLine(Prose.Wrap($"  {hint}"));
    }
}
