using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Waveguide.Scanning;

/// <summary>
/// Tells which of several rows of an hour with one key is the first by part and line, whatever the order in which
/// threads come upon them. Takes 32 to 64 bytes a key. Safe for concurrent use.
/// </summary>
internal sealed class DuplicateFilter
{
    private readonly Shard[] _shards = [.. Enumerable.Range(0, 64).Select(_ => new Shard())];

    /// <summary>Whether the row is to be delivered.</summary>
    /// <param name="displaced">A row that was delivered before and turns out to be the later one; otherwise null.</param>
    public bool IsFirst(UInt128 key, RowPlace place, out RowPlace? displaced)
    {
        // Uuids of the first kind differ in few bits where they were made together; spread, they share the shards evenly.
        var spread = RowKey.Spread(key);
        var shard = _shards[(int)((ulong)(spread >> 64) & 63)];
        lock (shard)
        {
            return shard.IsFirst(key, (ulong)spread, place, out displaced);
        }
    }

    /// <summary>Forgets all keys, and keeps the memory for others; not to be called while it is in use.</summary>
    public void Clear()
    {
        foreach (var shard in _shards)
        {
            shard.Clear();
        }
    }

    private sealed class Shard
    {
        private Slot[] _slots = new Slot[16];
        private int _count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool IsFirst(UInt128 key, ulong hash, RowPlace place, out RowPlace? displaced)
        {
            displaced = null;
            ref var slot = ref Find(_slots, key, hash);
            if (slot.Place.IsNone)
            {
                slot = new Slot(key, place);
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

        public void Clear()
        {
            Array.Clear(_slots);
            _count = 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ref Slot Find(Slot[] slots, UInt128 key, ulong hash)
        {
            var mask = slots.Length - 1;
            var at = (int)(hash & (ulong)mask);
            while (!slots[at].Place.IsNone && slots[at].Key != key)
            {
                at = (at + 1) & mask;
            }

            return ref slots[at];
        }

        private void Grow()
        {
            var larger = new Slot[_slots.Length * 2];
            foreach (var slot in _slots)
            {
                if (!slot.Place.IsNone)
                {
                    Find(larger, slot.Key, (ulong)RowKey.Spread(slot.Key)) = slot;
                }
            }

            _slots = larger;
        }
    }

    // Packed, for the runtime would round its 24 bytes up to 32.
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    private struct Slot(UInt128 key, RowPlace place)
    {
        public readonly UInt128 Key = key;
        public RowPlace Place = place;
    }
}
