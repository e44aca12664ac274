using Waveguide.Cli.Configuration;
using Waveguide.Cli.Output;

namespace Waveguide.Cli;

/// <summary>Runs the pipeline for every project and table of a session, one after the other.</summary>
internal sealed class SyncRun(CliHost host, Session session, IRunView view)
{
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(RunScope scope, IDestination destination, CancellationToken cancellationToken)
    {
        var code = ExitCode.Done;
        var tables = session.Tables();
        foreach (var project in session.Settings.Projects)
        {
            _ = project.Keys();
        }

        foreach (var project in session.Settings.Projects)
        {
            try
            {
                foreach (var table in tables)
                {
                    code = Math.Max(code, await RunAsync(project, table, scope, destination, cancellationToken));
                }
            }
            catch (SourceException failure) when (session.Settings.Projects.Count > 1)
            {
                await ErrorText.WriteAsync(host.Error, $"project {project.Name}: {failure.Message}", failure.Hint);
                code = Math.Max(code, ExitCode.Of(failure));
            }
        }

        return code;
    }

    private async Task<int> RunAsync(
        ProjectSettings project,
        Table table,
        RunScope scope,
        IDestination destination,
        CancellationToken cancellationToken
    )
    {
        using var source = session.OpenSource(project);
        var coverage = await destination.CoverageAsync(project.Name, table, cancellationToken);
        var request = session.Request(project, coverage, scope.From, scope.Until) with { Again = scope.Again };
        var report = await view.WatchAsync(
            project.Name,
            table,
            progress =>
                new Pipeline(source, destination, session.PipelineOptions, host.Clock, progress).RunAsync(
                    table,
                    request,
                    cancellationToken
                )
        );
        return report.Interrupted ? ExitCode.Interrupted
            : report.Failed.Count > 0 ? ExitCode.SomeFailed
            : ExitCode.Done;
    }
}

/// <summary>The hours that were asked for on the command line.</summary>
/// <param name="From">Null: as the project is set up.</param>
/// <param name="Until">Excluded; null: as far as is published.</param>
/// <param name="Again">Whether hours that are loaded are read again.</param>
internal sealed record RunScope(UploadHour? From, UploadHour? Until, bool Again = false);
