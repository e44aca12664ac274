using Waveguide.Simulator.Archive;

namespace Waveguide.Simulator.Http;

/// <summary>The members of an answer and the size of the JSON in them.</summary>
internal sealed record Selection(IReadOnlyList<ZipMember> Members, long JsonBytes)
{
    public static Selection Empty { get; } = new([], 0);
}
