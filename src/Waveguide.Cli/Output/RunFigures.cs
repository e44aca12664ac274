using System.Globalization;

namespace Waveguide.Cli.Output;

/// <summary>How far a run is, and how fast it goes.</summary>
internal sealed class RunFigures(TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();
    private HourTally _tally;
    private TableKind _kind;

    /// <summary>Hours that are to be fetched.</summary>
    public int Hours { get; private set; }

    /// <summary>Hours that are settled, well or badly.</summary>
    public int Done { get; private set; }

    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    public void Add(PipelineEvent happened)
    {
        switch (happened)
        {
            case PipelineEvent.Planned { Plan: var plan }:
                (Hours, _kind) = (plan.Hours, plan.Kind);
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
        var extent = Extent();
        if (Done == 0 || elapsed <= 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{extent}waiting for Amplitude, {elapsed:N0} s");
        }

        var left = TimeSpan.FromSeconds(elapsed / Done * (Hours - Done));
        return $"{extent}{Figures.Short(_tally.Rows)} rows  {Figures.Bytes(_tally.Bytes)}  "
            + $"{Figures.Short(_tally.Rows / elapsed)} rows/s  {Left(left)} left";
    }

    /// <summary>How many hours or days of how many; a snapshot is there or not.</summary>
    private string Extent() =>
        _kind == TableKind.Snapshot
            ? string.Empty
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Spans.Units(_kind, Done):N0}/{Spans.Units(_kind, Hours):N0} {Spans.Unit(_kind)[0]}  "
            );

    private static string Left(TimeSpan left) =>
        left.TotalSeconds < 90
            ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalSeconds:N0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{left.TotalMinutes:N0} min");
}
