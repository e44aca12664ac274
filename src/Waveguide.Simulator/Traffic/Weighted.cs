namespace Waveguide.Simulator.Traffic;

/// <summary>Things drawn by weight.</summary>
internal sealed class Weighted<T>
{
    private readonly T[] _items;
    private readonly int[] _ends;

    public Weighted(IEnumerable<(T Item, int Weight)> items)
    {
        var all = items.ToArray();
        var end = 0;
        _items = [.. all.Select(item => item.Item)];
        _ends = [.. all.Select(item => end += item.Weight)];
    }

    public IReadOnlyList<T> Items => _items;

    public T Draw(ref Dice dice)
    {
        var index = Array.BinarySearch(_ends, dice.Below(_ends[^1]) + 1);
        return _items[index < 0 ? ~index : index];
    }
}
