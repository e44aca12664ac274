namespace Waveguide.Tests.Fuzz;

/// <summary>Inputs that showed something no earlier one did; the shortest for each such feature.</summary>
/// <param name="known">With what it begins.</param>
internal sealed class Pool(IEnumerable<(string Feature, byte[] Input)> known)
{
    private const int Longest = 6_000;

    private readonly Dictionary<string, byte[]> _byFeature = known.ToDictionary(
        pair => pair.Feature,
        pair => pair.Input,
        StringComparer.Ordinal
    );
    private readonly List<byte[]> _inputs = [.. known.Select(pair => pair.Input)];

    public bool IsEmpty => _inputs.Count == 0;

    /// <summary>The features seen, each with the shortest input that showed it.</summary>
    public IReadOnlyDictionary<string, byte[]> ByFeature => _byFeature;

    public byte[] Draw(Random dice) => _inputs[dice.Next(_inputs.Count)];

    public void Offer(byte[] input, params IEnumerable<string> features)
    {
        var isKept = false;
        foreach (var feature in features.Where(_ => input.Length <= Longest))
        {
            isKept |= !_byFeature.TryGetValue(feature, out var shortest);
            if (shortest is null || input.Length < shortest.Length)
            {
                _byFeature[feature] = input;
            }
        }

        if (isKept)
        {
            _inputs.Add(input);
        }
    }
}
