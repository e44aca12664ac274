namespace Waveguide.Transform.Networks;

/// <summary>Addresses that belong together, both ends included.</summary>
/// <param name="Holder">What is known of them: the columns behind the keys.</param>
internal readonly record struct NetworkRange<T>(AddressKey First, AddressKey Last, T Holder)
{
    public UInt128 Size => Last.Number - First.Number;
}

/// <param name="Asn">Number of the autonomous system; null if the file does not tell.</param>
internal sealed record NetworkOwner(long? Asn, string? Organisation);

/// <summary>A rule of the user's own.</summary>
/// <param name="Company">Null: the rule only tells the class.</param>
internal sealed record NetworkRule(string? Company, string? NetworkClass);
