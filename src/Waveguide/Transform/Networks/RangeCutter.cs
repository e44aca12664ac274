namespace Waveguide.Transform.Networks;

/// <summary>Cuts ranges until none overlaps another: where several hold an address, the smallest keeps it.</summary>
internal static class RangeCutter
{
    /// <returns>In the order of their addresses.</returns>
    public static IEnumerable<NetworkRange<T>> Cut<T>(IEnumerable<NetworkRange<T>> ranges)
    {
        var sorted = ranges.OrderBy(range => range.First).ThenByDescending(range => range.Size).ToList();
        var open = new PriorityQueue<NetworkRange<T>, UInt128>();
        for (var index = 0; index < sorted.Count; index++)
        {
            var range = sorted[index];
            open.Enqueue(range, range.Size);
            var until = index + 1 < sorted.Count ? sorted[index + 1].First : (AddressKey?)null;
            var from = range.First;
            while (Next(open, from, until) is { } piece)
            {
                yield return piece;
                if (piece.Last == piece.Last with { Number = piece.Last.IsV6 ? UInt128.MaxValue : uint.MaxValue })
                {
                    open.Clear();
                    break;
                }

                from = piece.Last with { Number = piece.Last.Number + 1 };
            }
        }
    }

    /// <summary>The piece that begins at this address and ends before the next range begins; null if no range is open there.</summary>
    private static NetworkRange<T>? Next<T>(
        PriorityQueue<NetworkRange<T>, UInt128> open,
        AddressKey from,
        AddressKey? until
    )
    {
        if (until is { } end && from.CompareTo(end) >= 0)
        {
            return null;
        }

        while (open.TryPeek(out var smallest, out _))
        {
            if (smallest.First.IsV6 == from.IsV6 && smallest.Last.CompareTo(from) >= 0)
            {
                var isCut = until is { } next && next.IsV6 == from.IsV6 && next.CompareTo(smallest.Last) <= 0;
                var last = isCut ? until!.Value with { Number = until.Value.Number - 1 } : smallest.Last;
                return new NetworkRange<T>(from, last, smallest.Holder);
            }

            open.Dequeue();
        }

        return null;
    }
}
