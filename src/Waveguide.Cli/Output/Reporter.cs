namespace Waveguide.Cli.Output;

/// <summary>Shows each event at once, on the thread that reports it, so that nothing is shown late or out of order.</summary>
internal sealed class Reporter(Action<PipelineEvent> show) : IProgress<PipelineEvent>
{
    public void Report(PipelineEvent value) => show(value);
}
