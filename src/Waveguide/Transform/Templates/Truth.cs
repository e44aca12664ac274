namespace Waveguide.Transform.Templates;

/// <summary>What counts as true, as equal and as less, by Python's rules.</summary>
internal static class Truth
{
    public static bool Of(object? value) =>
        value switch
        {
            null or false or 0L or 0.0 or "" or Undefined => false,
            IReadOnlyCollection<object?> list => list.Count > 0,
            IReadOnlyDictionary<string, object?> entries => entries.Count > 0,
            _ => true,
        };

    public static bool AreEqual(object? left, object? right) =>
        (left, right) switch
        {
            (long or double, long or double) => Number(left).Equals(Number(right)),
            (IReadOnlyList<object?> one, IReadOnlyList<object?> other) => one.Count == other.Count
                && one.Zip(other).All(pair => AreEqual(pair.First, pair.Second)),
            _ => Equals(left, right),
        };

    /// <returns>Below zero, zero or above; null if the two have no order.</returns>
    public static int? Compare(object? left, object? right) =>
        (left, right) switch
        {
            (long or double, long or double) => Number(left).CompareTo(Number(right)),
            (string one, string other) => string.CompareOrdinal(one, other),
            _ => null,
        };

    /// <returns>Null if the container can hold nothing.</returns>
    public static bool? Contains(object? container, object? value) =>
        container switch
        {
            string text => value is string part && text.Contains(part, StringComparison.Ordinal),
            IReadOnlyDictionary<string, object?> entries => value is string key && entries.ContainsKey(key),
            IReadOnlyList<object?> list => list.Any(item => AreEqual(item, value)),
            _ => null,
        };

    private static double Number(object? value) => value is long whole ? whole : (double)value!;
}
