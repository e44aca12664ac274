using System.Net;
using Waveguide.Simulator.Traffic;

namespace Waveguide.Simulator;

/// <summary>A network from which generated visitors come.</summary>
/// <param name="Country">Where its visitors are; <c>*</c> for anywhere.</param>
/// <param name="Kind">Such as <c>isp</c>, <c>university</c> or <c>company</c>.</param>
/// <param name="Weight">How many of a country's visitors come from it, beside its other networks.</param>
public sealed record GeneratedNetwork(string Country, string Kind, string Owner, IPNetwork Addresses, int Weight)
{
    public static IReadOnlyList<GeneratedNetwork> All() =>
        [.. World.Lines("networks.txt").Select(line => Of(line.Split('|')))];

    private static GeneratedNetwork Of(string[] row) =>
        new(row[0], row[1], row[2], IPNetwork.Parse(row[3]), int.Parse(row[4]));
}
