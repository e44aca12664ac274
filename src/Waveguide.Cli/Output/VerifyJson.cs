namespace Waveguide.Cli.Output;

/// <summary>A verification as lines of JSON: its differences, its days, and last its sum.</summary>
internal sealed class VerifyJson(CliHost host) : IVerifyView
{
    public void Begin(Standing standing, HourChoice choice) { }

    public void End(Standing standing, HourChoice choice, Verdict verdict)
    {
        var (project, table) = (standing.Project, standing.Table.Name);
        foreach (var one in verdict.Differences)
        {
            host.Out.WriteJson(
                new
                {
                    kind = "difference",
                    project,
                    table,
                    day = one.Day,
                    event_type = one.EventType,
                    missing = one.Missing,
                    extra = one.Extra,
                    altered = one.Altered,
                }
            );
        }

        foreach (var one in verdict.Totals)
        {
            host.Out.WriteJson(
                new
                {
                    kind = "day",
                    project,
                    table,
                    day = one.Day,
                    rows = one.Rows,
                    dashboard = one.Dashboard,
                }
            );
        }

        host.Out.WriteJson(
            new
            {
                kind = "verdict",
                project,
                table,
                hours = choice.Hours.Count,
                rows = verdict.Rows,
                seed = choice.Seed,
                not_loaded = choice.NotLoaded,
                equal = verdict.Differences.Count == 0,
                dashboard_refusal = verdict.Refusal,
            }
        );
    }
}
