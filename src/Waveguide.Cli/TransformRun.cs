using Waveguide.Amplitude;
using Waveguide.Cli.Output;
using Waveguide.Transform;

namespace Waveguide.Cli;

/// <summary>Runs the models on the warehouse of a session.</summary>
/// <param name="select">As <see cref="TransformOptions.Select"/>.</param>
internal sealed class TransformRun(CliHost host, Session session, IReadOnlyList<string> select, bool fullRefresh)
{
    private readonly IReadOnlyDictionary<string, string> _variables = session.Settings.Privacy.WithVariables(
        session.Settings.ModelVariables
    );

    /// <param name="verb">Who writes, as others are told who find the destination in use.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string verb, ITransformView view, CancellationToken cancellationToken)
    {
        var options = new TransformOptions
        {
            Folder = session.Settings.ModelFolder,
            Variables = _variables,
            Key = session.Settings.Privacy.AtLanding.Key,
            Select = select,
            FullRefresh = fullRefresh,
            Tables = AmplitudeTables.All,
        };
        var started = host.Clock.GetTimestamp();
        await using var destination = session.OpenToTransform(verb);
        var runner = new ModelRunner(destination, options, host.Clock);
        var report = await runner.RunAsync(view, cancellationToken);
        await view.EndAsync(report, host.Clock.GetElapsedTime(started));
        return report.Failed.Count > 0 || report.Broken.Any(broken => !broken.Check.IsWarning)
            ? ExitCode.SomeFailed
            : ExitCode.Done;
    }
}
