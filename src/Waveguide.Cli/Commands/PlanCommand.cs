using System.CommandLine;
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
                var scope = new RunScope(parsed.GetValue(options.From), parsed.GetValue(options.Until));
                foreach (var project in session.Settings.Projects)
                {
                    foreach (var table in session.Tables())
                    {
                        var plan = await session.PlanAsync(project, table, scope, cancellationToken);
                        Show(host, project.Name, table, plan, parsed.GetValue(options.Json));
                    }
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static void Show(CliHost host, string project, Table table, Plan plan, bool json)
    {
        var again = plan.SecondLook.SelectMany(range => range.Hours()).ToHashSet();
        if (!json)
        {
            host.Out.WriteLine(RunText.Planned(table, plan));
        }

        foreach (var slice in plan.Slices)
        {
            var looks = slice.Hours.Hours().Count(again.Contains);
            if (json)
            {
                host.Out.WriteJson(
                    new
                    {
                        project,
                        table = table.Name,
                        from = slice.Hours.From.ToString(),
                        until = slice.Hours.Until.ToString(),
                        hours = slice.Hours.Count,
                        second_look = looks,
                    }
                );
            }
            else
            {
                var note =
                    looks == 0 ? string.Empty
                    : looks == slice.Hours.Count ? "   second look"
                    : $"   {looks} for a second look";
                host.Out.WriteLine($"  {slice.Hours}   {Figures.Count(slice.Hours.Count, "hour")}{note}");
            }
        }
    }
}
