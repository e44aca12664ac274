using Waveguide.Destinations.Properties;

namespace Waveguide.Cli.Output;

/// <summary>Shows a run of the pipeline while it goes on.</summary>
internal interface IRunView
{
    /// <summary>Lets the run go, shows what it reports, and says at the end what came of it.</summary>
    Task<RunReport> WatchAsync(string project, Table table, Func<IProgress<PipelineEvent>, Task<RunReport>> run);

    /// <summary>Says how properties of events and users have changed.</summary>
    void Show(IReadOnlyList<PropertyChange> changes);
}
