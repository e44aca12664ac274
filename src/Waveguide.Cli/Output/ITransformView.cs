using Waveguide.Transform;

namespace Waveguide.Cli.Output;

/// <summary>Shows a run of the models while it happens, and what came of it.</summary>
internal interface ITransformView : IProgress<TransformEvent>
{
    Task EndAsync(TransformReport report, TimeSpan elapsed);
}
