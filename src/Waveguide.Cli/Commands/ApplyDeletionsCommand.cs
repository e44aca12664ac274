using System.CommandLine;
using Waveguide.Cli.Destinations;
using Waveguide.Cli.Output;
using Waveguide.Destinations.DuckDb;

namespace Waveguide.Cli.Commands;

internal static class ApplyDeletionsCommand
{
    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var apply = new Option<bool>("--apply") { Description = "Erases; without it, only tells what would go." };
        var submitted = new Option<bool>("--include-submitted")
        {
            Description = "Users, too, whose deletion Amplitude has begun but not finished.",
        };
        var command = options.AddTo(
            new Command("apply-deletions", "Erases the users whom the table deletions lists as done."),
            apply,
            submitted,
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var place =
                    session.Destination as DuckDbPlace
                    ?? throw new ConfigurationException(
                        $"users are erased from a DuckDB warehouse only, and {session.Destination.Name} is none."
                    )
                    {
                        Hint =
                            "Name one with --destination duckdb:FILE. In a lake, waveguide backfill --again replaces the hours that "
                            + "Amplitude exports without them: see docs/privacy.md.",
                    };
                string[] statuses = parsed.GetValue(submitted) ? ["done", "submitted"] : ["done"];
                var erases = parsed.GetValue(apply);
                await using var destination = (DuckDbDestination)(
                    erases
                        ? await place.OpenToWriteAsync("apply-deletions", cancellationToken)
                        : await place.OpenToReadAsync(cancellationToken)
                );
                var report = erases
                    ? await destination.EraseDeletedAsync(statuses, cancellationToken)
                    : await destination.FindDeletedAsync(statuses, cancellationToken);
                Write(host, report, parsed.GetValue(options.Json), erases);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static void Write(CliHost host, ErasureReport report, bool json, bool erased)
    {
        if (json)
        {
            foreach (var (project, table, rows, users) in report.Tables)
            {
                host.Out.WriteJson(
                    new
                    {
                        project,
                        table,
                        rows,
                        users,
                        erased,
                    }
                );
            }
        }
        else if (report.Tables.Count > 0)
        {
            TextTable.Write(
                host.Out,
                ["table", "rows", "users"],
                report.Tables.Select(one =>
                    new[] { RunText.Label(one.Project, one.Table), $"{one.Rows:N0}", $"{one.Users:N0}" }
                ),
                new HashSet<int> { 1, 2 }
            );
        }

        host.Error.WriteLine(Prose.Wrap(Sum(report, erased)));
    }

    private static string Sum(ErasureReport report, bool erased)
    {
        var users = $"{Figures.Count(report.Users, "user")} to delete, {report.New:N0} of them new";
        var (rows, isDue) = (report.Tables.Sum(table => table.Rows), report.New > 0 || report.Tables.Count > 0);
        return !isDue ? $"{users}; nothing of them is here."
            : erased
                ? $"{users}; {Figures.Count(rows, "row")} erased, and later loads leave them out. Models keep what they have read: waveguide transform --full-refresh."
            : $"{users}; {Figures.Count(rows, "row")} would go. Nothing was changed: --apply erases.";
    }
}
