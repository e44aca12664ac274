namespace Waveguide;

/// <summary>What a pipeline tells while it runs, in the order in which it happened.</summary>
public abstract record PipelineEvent
{
    private PipelineEvent() { }

    public sealed record Planned(Plan Plan) : PipelineEvent;

    /// <summary>How far a slice is that a source fetches in many small pieces, such as the profiles of users.</summary>
    /// <param name="Had">Pieces that are fetched.</param>
    public sealed record Fetching(int Had, int All, string Unit) : PipelineEvent;

    /// <param name="Elapsed">Time that the commit took, without the fetch.</param>
    public sealed record Committed(Manifest Manifest, TimeSpan Elapsed) : PipelineEvent;

    /// <summary>The slice was not delivered at this width and is asked for in pieces.</summary>
    /// <param name="Window">Hours in the widest slice from now on.</param>
    public sealed record Narrowed(Slice Slice, int Window, SourceException Reason) : PipelineEvent;

    /// <summary>Nothing failed, but the person who runs it should know.</summary>
    public sealed record Noticed(Slice Slice, string Text) : PipelineEvent;

    /// <summary>The project does not have this table; what the destination holds of it stays as it is.</summary>
    public sealed record NotOffered(Slice Slice, SourceException Reason) : PipelineEvent;

    /// <summary>The slice is not loaded; the run goes on with the others.</summary>
    /// <param name="State">What the ledger now says of its hours, if it did not hold them before.</param>
    public sealed record Failed(Slice Slice, HourState State, SourceException Reason) : PipelineEvent;
}
