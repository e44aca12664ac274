using System.Globalization;

namespace Waveguide.Cli.Output;

/// <summary>How far a run is, and how fast it goes.</summary>
internal sealed class RunFigures(TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();
    private HourTally _tally;

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
                Hours = plan.Hours;
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
        var hours = string.Create(CultureInfo.InvariantCulture, $"{Done:N0}/{Hours:N0} h");
        if (Done == 0 || elapsed <= 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{hours}  waiting for Amplitude, {elapsed:N0} s");
        }

        var left = TimeSpan.FromSeconds(elapsed / Done * (Hours - Done));
        return $"{hours}  {Figures.Short(_tally.Rows)} rows  {Figures.Bytes(_tally.Bytes)}  "
            + $"{Figures.Short(_tally.Rows / elapsed)} rows/s  {Left(left)} left";
    }

    private static string Left(TimeSpan left) =>
        left.TotalSeconds < 90
            ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalSeconds:N0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{left.TotalMinutes:N0} min");
}
