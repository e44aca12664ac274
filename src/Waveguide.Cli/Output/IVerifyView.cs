using Waveguide.Destinations.DuckDb;

namespace Waveguide.Cli.Output;

/// <summary>Tells what a verification found.</summary>
internal interface IVerifyView
{
    void Begin(Standing standing, HourChoice choice);

    void End(Standing standing, HourChoice choice, Verdict verdict);
}

/// <param name="Rows">Rows that the new export holds.</param>
/// <param name="Refusal">Why Amplitude gives no daily totals; null if it does, or if no day is complete.</param>
internal sealed record Verdict(
    long Rows,
    IReadOnlyList<RowDifference> Differences,
    IReadOnlyList<DayTotal> Totals,
    string? Refusal
);

/// <summary>The events of a day of event time: as loaded, and as Amplitude's dashboard counts them.</summary>
internal sealed record DayTotal(DateOnly Day, long Rows, long Dashboard);
