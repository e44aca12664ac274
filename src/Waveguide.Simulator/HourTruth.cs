namespace Waveguide.Simulator;

/// <summary>What one upload hour of generated traffic holds.</summary>
/// <param name="Hour">The hour, UTC.</param>
/// <param name="Sessions">Sessions that have any row in the hour; -1 is none.</param>
/// <param name="RageBursts">Bursts of three or more clicks on one element that begin in the hour.</param>
/// <param name="Uuids">The uuid of every row, in no order.</param>
public sealed record HourTruth(DateTime Hour, int Sessions, int RageBursts, IReadOnlyList<Guid> Uuids)
{
    public int Events => Uuids.Count;
}
