using Waveguide.Amplitude;
using Waveguide.Amplitude.Profiles;
using Waveguide.Cli.Configuration;
using Waveguide.Cli.Output;
using Waveguide.Destinations.DuckDb;

namespace Waveguide.Cli;

/// <summary>Runs the pipeline for every project and table of a session, one after the other.</summary>
internal sealed class SyncRun(CliHost host, Session session, RunScope scope, IRunView view)
{
    /// <summary>Whether the destination failed the last table.</summary>
    private bool _isDestinationInDoubt;

    /// <summary>By default those of the session.</summary>
    public IReadOnlyList<Table> Tables { get; init; } = session.Tables;

    /// <param name="verb">Who writes, as others are told who find the destination in use.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string verb, CancellationToken cancellationToken)
    {
        foreach (var project in session.Settings.Projects)
        {
            session.CheckSource(project);
        }

        if (Tables.Any(table => table.Name == UserProfilesTable.Definition.Name))
        {
            await WantedUsers.CheckAsync(session.Settings, cancellationToken);
        }

        await using var destination = await session.Destination.OpenToWriteAsync(verb, cancellationToken);
        var code = ExitCode.Done;
        foreach (var project in session.Settings.Projects)
        {
            code = Math.Max(code, await RunAsync(project, destination, cancellationToken));
            if (code == ExitCode.Interrupted)
            {
                break;
            }
        }

        if (
            code != ExitCode.Interrupted
            && Tables.Any(table => table.Name == EventsTable.Definition.Name)
            && destination is DuckDbDestination warehouse
        )
        {
            view.Show(await warehouse.ReadPropertiesAsync(cancellationToken));
        }

        return code;
    }

    private async Task<int> RunAsync(
        ProjectSettings project,
        IDestination destination,
        CancellationToken cancellationToken
    )
    {
        var code = ExitCode.Done;
        var hints = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in Tables.OrderBy(ReadsOthers))
        {
            try
            {
                code = Math.Max(code, await RunAsync(project, table, destination, cancellationToken));
                _isDestinationInDoubt = false;
            }
            catch (WaveguideException failure) when (IsOfOneTable(failure))
            {
                _isDestinationInDoubt = failure is DestinationException;
                code = Math.Max(code, ExitCode.Of(failure));
                var hint = failure.Hint is { } help && hints.Add(help) ? help : null;
                await ErrorText.WriteAsync(host.Error, RunText.Ended(project.Name, table, failure), hint);
            }

            if (code == ExitCode.Interrupted)
            {
                break;
            }
        }

        return code;
    }

    /// <summary>Whether it is asked for by what other tables of the run have landed, and so comes after them.</summary>
    private static bool ReadsOthers(Table table) => table.Name == UserProfilesTable.Definition.Name;

    /// <summary>Whether other tables may fare better. A destination that fails two in a row will fail the next as well.</summary>
    private bool IsOfOneTable(WaveguideException failure) =>
        !IsAlone
        && failure switch
        {
            SourceException source => source.Failure != SourceFailure.NoSpool,
            DestinationException => !_isDestinationInDoubt,
            _ => false,
        };

    /// <summary>Whether nothing else could go on when a table fails.</summary>
    private bool IsAlone => session.Settings.Projects.Count == 1 && Tables.Count == 1;

    private async Task<int> RunAsync(
        ProjectSettings project,
        Table table,
        IDestination destination,
        CancellationToken cancellationToken
    )
    {
        var coverage = await destination.CoverageAsync(project.Name, table, cancellationToken);
        var request = scope.Request(project, coverage, host.Clock.GetUtcNow());
        var report = await view.WatchAsync(
            project.Name,
            table,
            async progress =>
            {
                using var source = session.OpenSource(project, destination, progress);
                return await new Pipeline(source, destination, session.PipelineOptions, host.Clock, progress).RunAsync(
                    table,
                    request,
                    cancellationToken
                );
            }
        );
        foreach (var hint in report.Failed.Select(failed => failed.Reason.Hint).OfType<string>().Distinct())
        {
            host.Note($"  {hint}");
        }

        return report.Interrupted ? ExitCode.Interrupted
            : report.Failed.Count > 0 || (report.NotOffered is not null && IsAlone) ? ExitCode.SomeFailed
            : ExitCode.Done;
    }
}
