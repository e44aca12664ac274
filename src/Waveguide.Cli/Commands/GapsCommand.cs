using System.CommandLine;
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
        var gaps = standing.Gaps.SelectMany(range => Alike(standing, range)).ToList();
        if (gaps.Count == 0 && !json)
        {
            host.Out.WriteLine(
                standing.Wanted.IsEmpty
                    ? Prose.Wrap($"{standing.Label}  {RunText.NothingDue(standing.Wanted)}.")
                    : $"{standing.Label}  no gaps: {Figures.Count(standing.Wanted.Count, "hour")} wanted, all loaded."
            );
        }

        foreach (var (hours, record) in gaps)
        {
            if (json)
            {
                host.Out.WriteJson(
                    new
                    {
                        project = standing.Project,
                        table = standing.Table.Name,
                        from = hours.From.ToString(),
                        until = hours.Until.ToString(),
                        hours = hours.Count,
                        state = record?.State.Name() ?? "missing",
                        reason = record?.Reason,
                    }
                );
            }
            else
            {
                WriteText(host, standing.Label, hours, record);
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

    private static void WriteText(CliHost host, string label, HourRange hours, HourRecord? record)
    {
        var until = hours.Count == 1 ? string.Empty : $" .. {Figures.Moment(hours.Until)}";
        var head = $"{label}  {Figures.Moment(hours.From)}{until} UTC  {Figures.Count(hours.Count, "hour")}  ";
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
