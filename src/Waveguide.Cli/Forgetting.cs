using Waveguide.Cli.Output;

namespace Waveguide.Cli;

/// <summary>Removes hours with their rows, once a person has agreed.</summary>
/// <param name="yes">Whether that has been said already.</param>
internal sealed class Forgetting(CliHost host, Session session, bool yes)
{
    /// <param name="project">Null: all of the configuration.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ConfigurationException">There is no such project, or nobody to ask.</exception>
    public async Task<int> RunAsync(string? project, HourRange hours, CancellationToken cancellationToken)
    {
        var found = await FindAsync(project, hours, cancellationToken);
        if (found.Count == 0)
        {
            await host.Out.WriteLineAsync($"The ledger has none of the hours {hours}.");
            return ExitCode.Done;
        }

        if (!yes && !Agreed(string.Join(", and ", found.Select(one => one.What))))
        {
            await host.Error.WriteLineAsync("Nothing was forgotten.");
            return ExitCode.Interrupted;
        }

        await using var destination = await session.Destination.OpenToWriteAsync("state forget", cancellationToken);
        foreach (var (slice, what) in found)
        {
            await destination.ForgetAsync(slice, cancellationToken);
            await host.Out.WriteLineAsync(Prose.Wrap($"Forgot {what}."));
        }

        return ExitCode.Done;
    }

    private async Task<List<(Slice Slice, string What)>> FindAsync(
        string? project,
        HourRange hours,
        CancellationToken cancellationToken
    )
    {
        var projects = session.Settings.Projects.Where(known => project is null || known.Name == project).ToList();
        if (projects.Count == 0)
        {
            throw new ConfigurationException($"there is no project \"{project}\" in the configuration.");
        }

        var found = new List<(Slice, string)>();
        await using var destination = await session.Destination.OpenToReadAsync(cancellationToken);
        foreach (
            var slice in projects.SelectMany(
                known => session.Tables,
                (known, table) => new Slice(known.Name, table, table.Kind == TableKind.Daily ? Days(hours) : hours)
            )
        )
        {
            var coverage = await destination.CoverageAsync(slice.Project, slice.Table, cancellationToken);
            var records = slice.Hours.Hours().Select(hour => coverage[hour]).OfType<HourRecord>().ToList();
            if (records.Count > 0)
            {
                found.Add((slice, What(slice, records)));
            }
        }

        return found;
    }

    private static string What(Slice slice, List<HourRecord> records)
    {
        var kind = slice.Table.Kind;
        var label = RunText.Label(slice.Project, slice.Table);
        var rows = Figures.Count(records.Sum(record => record.Tally.Rows), "row");
        return kind switch
        {
            TableKind.Snapshot =>
                $"the snapshot of {label} taken {Figures.Moment(records[^1].At.UtcDateTime)} UTC with {rows}",
            TableKind.Daily =>
                $"{Spans.Count(kind, records.Count)} of {label} {Spans.Between(kind, slice.Hours)} with {rows}",
            _ => $"{Spans.Count(kind, records.Count)} of {label} {slice.Hours} with {rows}",
        };
    }

    /// <summary>The days that hold these hours: a day has one figure, and is forgotten as a whole.</summary>
    private static HourRange Days(HourRange hours) => new(hours.From.Midnight, hours.Until.AddHours(23).Midnight);

    private bool Agreed(string what)
    {
        if (!host.CanAsk)
        {
            throw new ConfigurationException($"state forget would remove {what}.")
            {
                Hint = "Nobody is here to ask: say --yes if that is meant.",
            };
        }

        host.Error.Write(
            Prose.Wrap($"Remove {what}? They can be loaded again as long as Amplitude has them. [y/N]", indent: 0) + " "
        );
        host.Error.Flush();
        return host.In.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
