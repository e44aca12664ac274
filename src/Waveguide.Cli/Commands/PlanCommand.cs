using System.CommandLine;
using System.Text.Json.Nodes;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

internal static class PlanCommand
{
    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var command = options.AddTo(
            new Command("plan", "Shows what sync would fetch now, without asking Amplitude."),
            options.Region,
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
                foreach (var project in session.Settings.Projects)
                {
                    foreach (var table in session.Tables)
                    {
                        var coverage = await CoverageAsync(session, project.Name, table, cancellationToken);
                        var request = scope.Request(project, coverage, host.Clock.GetUtcNow());
                        using var source = session.OpenSource(project);
                        var planner = new Planner(source, session.Settings.Availability, host.Clock);
                        var plan = await planner.PlanAsync(table, request, coverage, cancellationToken);
                        Show(host, project.Name, table, plan, parsed.GetValue(options.Json));
                    }
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>A destination that is not there yet holds nothing.</summary>
    private static async Task<Coverage> CoverageAsync(
        Session session,
        string project,
        Table table,
        CancellationToken cancellationToken
    )
    {
        if (!await session.Destination.ExistsAsync(cancellationToken))
        {
            return new Coverage([]);
        }

        await using var destination = await session.Destination.OpenToReadAsync(cancellationToken);
        return await destination.CoverageAsync(project, table, cancellationToken);
    }

    private static void Show(CliHost host, string project, Table table, Plan plan, bool json)
    {
        var again = plan.SecondLook.SelectMany(range => range.Hours()).ToHashSet();
        if (!json)
        {
            host.Out.WriteLine(Prose.Wrap(RunText.Planned(RunText.Label(project, table), plan)));
        }

        foreach (var slice in plan.Slices)
        {
            var looks = slice.Hours.Hours().Count(again.Contains);
            if (json)
            {
                host.Out.WriteJson(
                    new JsonObject([
                        new("project", project),
                        new("table", table.Name),
                        .. Spans.Ends(table.Kind, slice.Hours),
                        .. Spans.Number(table.Kind, slice.Hours.Count),
                        new("second_look", Spans.Units(table.Kind, looks)),
                    ])
                );
            }
            else if (table.Kind != TableKind.Snapshot)
            {
                var note =
                    looks == 0 ? string.Empty
                    : looks == slice.Hours.Count ? "   second look"
                    : $"   {Spans.Units(table.Kind, looks)} for a second look";
                var hours = table.Kind == TableKind.Daily ? Spans.Range(table.Kind, slice.Hours) : $"{slice.Hours}";
                host.Out.WriteLine($"  {hours}   {Spans.Count(table.Kind, slice.Hours.Count)}{note}");
            }
        }
    }
}
