namespace Waveguide.Transform;

/// <summary>Something that happened while models were run.</summary>
public abstract record TransformEvent
{
    private TransformEvent() { }

    /// <param name="Rows">Rows that the model has now; null for a view.</param>
    public sealed record Built(Model Model, BuildKind Kind, long? Rows, TimeSpan Elapsed) : TransformEvent;

    /// <summary>The model is as it was, and those that read it are not run.</summary>
    public sealed record Failed(Model Model, WaveguideException Reason) : TransformEvent;

    /// <param name="Because">The model on which it waits and which failed.</param>
    public sealed record Skipped(Model Model, Model Because) : TransformEvent;

    /// <param name="Failing">Rows that break the rule.</param>
    public sealed record Checked(Check Check, long Failing, TimeSpan Elapsed) : TransformEvent;
}

public enum BuildKind
{
    /// <summary>Built from all rows.</summary>
    Whole,

    /// <summary>Only what is new or touched was built.</summary>
    Touched,
}

/// <summary>Something that must hold of the models.</summary>
/// <param name="Name">Such as <c>not_null(fct_events.event_key)</c>.</param>
/// <param name="Sql">Selects the rows that break the rule.</param>
/// <param name="Models">Names of the models that it reads.</param>
/// <param name="IsWarning">Whether breaking it is told and nothing more.</param>
public sealed record Check(string Name, string Sql, IReadOnlyList<string> Models, bool IsWarning);

/// <summary>What came of a run.</summary>
/// <param name="UpToDate">Models that needed nothing.</param>
public sealed record TransformReport(
    IReadOnlyList<TransformEvent.Built> Built,
    int UpToDate,
    IReadOnlyList<TransformEvent.Failed> Failed,
    IReadOnlyList<TransformEvent.Skipped> Skipped,
    IReadOnlyList<TransformEvent.Checked> Checked
)
{
    public IEnumerable<TransformEvent.Checked> Broken => Checked.Where(check => check.Failing > 0);
}
