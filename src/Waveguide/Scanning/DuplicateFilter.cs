using System.Runtime.CompilerServices;

namespace Waveguide.Scanning;

/// <summary>
/// Tells which of several rows with one key is the first by part and line, whatever the order in which threads come
/// upon them. Takes about 40 bytes a key. Safe for concurrent use.
/// </summary>
internal sealed class DuplicateFilter
{
    private readonly Shard[] _shards = [.. Enumerable.Range(0, 64).Select(_ => new Shard())];

    /// <summary>Whether the row is to be delivered.</summary>
    /// <param name="displaced">A row that was delivered before and turns out to be the later one; otherwise null.</param>
    public bool IsFirst(UInt128 key, RowPlace place, out RowPlace? displaced)
    {
        var shard = _shards[(int)((ulong)(key >> 64) & 63)];
        lock (shard)
        {
            return shard.IsFirst(key, place, out displaced);
        }
    }

    private sealed class Shard
    {
        private (UInt128 Key, RowPlace Place)[] _slots = new (UInt128, RowPlace)[256];
        private int _count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool IsFirst(UInt128 key, RowPlace place, out RowPlace? displaced)
        {
            displaced = null;
            ref var slot = ref Find(_slots, key);
            if (slot.Place.IsNone)
            {
                slot = (key, place);
                _count++;
                if (_count > _slots.Length / 4 * 3)
                {
                    Grow();
                }

                return true;
            }

            if (!place.IsBefore(slot.Place))
            {
                return false;
            }

            displaced = slot.Place;
            slot.Place = place;
            return true;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ref (UInt128 Key, RowPlace Place) Find((UInt128 Key, RowPlace Place)[] slots, UInt128 key)
        {
            var mask = slots.Length - 1;
            var at = (int)((ulong)RowKey.Spread(key) & (ulong)mask);
            while (!slots[at].Place.IsNone && slots[at].Key != key)
            {
                at = (at + 1) & mask;
            }

            return ref slots[at];
        }

        private void Grow()
        {
            var larger = new (UInt128 Key, RowPlace Place)[_slots.Length * 2];
            foreach (var slot in _slots)
            {
                if (!slot.Place.IsNone)
                {
                    Find(larger, slot.Key) = slot;
                }
            }

            _slots = larger;
        }
    }
}
