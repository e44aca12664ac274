using System.CommandLine;
using Waveguide.Cli.Output;
using Waveguide.Destinations.Erasing;

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
                string[] statuses = parsed.GetValue(submitted) ? ["done", "submitted"] : ["done"];
                var erases = parsed.GetValue(apply);
                await using var destination = erases
                    ? await session.Destination.OpenToWriteAsync("apply-deletions", cancellationToken)
                    : await session.Destination.OpenToReadAsync(cancellationToken);
                var erasable =
                    destination as IErasable
                    ?? throw new ConfigurationException($"users cannot be erased from {session.Destination.Name} yet.");
                var report = erases
                    ? await erasable.EraseDeletedAsync(statuses, cancellationToken)
                    : await erasable.FindDeletedAsync(statuses, cancellationToken);
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
        var (rows, isDue) = (
            report.Tables.Sum(table => table.Rows),
            report.New > 0 || report.Tables.Count > 0 || report.Archives > 0
        );
        var archives = Archives(report.Archives, erased);
        return !isDue ? $"{users}; nothing of them is here."
            : erased
                ? $"{users}; {Figures.Count(rows, "row")} erased{archives}, and later loads leave them out. Models keep what they have read: waveguide transform --full-refresh."
            : $"{users}; {Figures.Count(rows, "row")} would go{archives}. Nothing was changed: --apply erases.";
    }

    private static string Archives(int count, bool erased) =>
        count == 0 ? ""
        : erased ? $", {Figures.Count(count, "kept archive")} written again without them"
        : $", and {Figures.Count(count, "kept archive")} would be written again without them";
}
