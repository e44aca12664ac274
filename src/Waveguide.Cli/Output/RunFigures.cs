using System.Globalization;

namespace Waveguide.Cli.Output;

/// <summary>How far a run is, and how fast it goes.</summary>
/// <param name="label">Names the table.</param>
internal sealed class RunFigures(TimeProvider clock, string label)
{
    private readonly long _started = clock.GetTimestamp();
    private HourTally _tally;
    private TableKind _kind;
    private PipelineEvent.Fetching? _fetching;

    /// <summary>Hours that are to be fetched.</summary>
    public int Hours { get; private set; }

    /// <summary>Hours that are settled, well or badly.</summary>
    public int Done { get; private set; }

    /// <summary>From 0 to 1.</summary>
    public double Share =>
        Done < Hours && _fetching is { } fetching ? (double)fetching.Had / fetching.All
        : Hours == 0 ? 0
        : (double)Done / Hours;

    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    public void Add(PipelineEvent happened)
    {
        switch (happened)
        {
            case PipelineEvent.Planned { Plan: var plan }:
                (Hours, _kind) = (plan.Hours, plan.Kind);
                break;
            case PipelineEvent.Fetching fetching:
                _fetching = fetching;
                break;
            case PipelineEvent.Committed { Manifest: var manifest }:
                Done += manifest.Slice.Hours.Count;
                _tally += manifest.Tally;
                break;
            case PipelineEvent.Failed { Slice: var slice }:
                Done += slice.Hours.Count;
                break;
            case PipelineEvent.NotOffered:
                Done = Hours;
                break;
        }
    }

    public override string ToString()
    {
        var elapsed = Elapsed.TotalSeconds;
        if (_kind == TableKind.Snapshot)
        {
            return Snapshot(elapsed);
        }

        var extent = Extent();
        if (Done == 0 || elapsed <= 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{extent}waiting for Amplitude, {elapsed:N0} s");
        }

        var left = TimeSpan.FromSeconds(elapsed / Done * (Hours - Done));
        return $"{extent}{Figures.Short(_tally.Rows)} rows  {Figures.Bytes(_tally.Bytes)}  "
            + $"{Figures.Short(_tally.Rows / elapsed)} rows/s  {Left(left)} left";
    }

    /// <summary>A snapshot is there or not; the plan's line, which would name it, is left out.</summary>
    private string Snapshot(double elapsed)
    {
        var had = _fetching is { } fetching
            ? string.Create(CultureInfo.InvariantCulture, $"{fetching.Had:N0}/{fetching.All:N0} {fetching.Unit}s")
            : "waiting for Amplitude";
        return string.Create(CultureInfo.InvariantCulture, $"{label}: {had}, {elapsed:N0} s");
    }

    private string Extent() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Spans.Units(_kind, Done):N0}/{Spans.Units(_kind, Hours):N0} {Spans.Unit(_kind)[0]}  "
        );

    private static string Left(TimeSpan left) =>
        left.TotalSeconds < 90
            ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalSeconds:N0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{left.TotalMinutes:N0} min");
}
