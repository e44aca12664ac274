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

    /// <summary>
    /// Segments, each for some of the hashes. A full one becomes two by one more bit (Fagin et al., "Extendible hashing",
    /// 1979), so that a filter that grows leaves next to nothing to the garbage collector.
    /// </summary>
    private sealed class Shard
    {
        /// <summary>Bits that tell segments apart, at most: keys made to agree in more of them share a larger segment.</summary>
        private const int Deepest = 16;

        // By the lowest bits of a hash's upper half. Where fewer bits suffice, several places hold the same segment.
        private Segment[] _segments = [new Segment(size: 16, depth: 0)];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool IsFirst(UInt128 key, ulong hash, RowPlace place, out RowPlace? displaced)
        {
            displaced = null;
            var segment = Of(hash);
            ref var slot = ref segment.Find(key, hash);
            if (slot.Place.IsNone)
            {
                slot = new Slot(key, place);
                if (++segment.Count > segment.Slots.Length / 4 * 3)
                {
                    Grow(segment);
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
            foreach (var segment in _segments)
            {
                segment.Clear();
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Segment Of(ulong hash) => _segments[(int)(hash >> 32) & (_segments.Length - 1)];

        private void Grow(Segment full)
        {
            if (full.Slots.Length < Segment.Ordinary || full.Depth == Deepest)
            {
                var smaller = full.Slots;
                full.Slots = new Slot[smaller.Length * 2];
                full.Count = 0;
                Add(smaller);
                return;
            }

            Span<Slot> both = stackalloc Slot[Segment.Ordinary];
            full.Slots.CopyTo(both);
            full.Clear();
            Split(full);
            Add(both);
        }

        private void Split(Segment emptied)
        {
            var bit = 1 << emptied.Depth++;
            if (bit == _segments.Length)
            {
                _segments = [.. _segments, .. _segments];
            }

            var other = new Segment(Segment.Ordinary, emptied.Depth);
            for (var place = 0; place < _segments.Length; place++)
            {
                if ((place & bit) != 0 && _segments[place] == emptied)
                {
                    _segments[place] = other;
                }
            }
        }

        private void Add(ReadOnlySpan<Slot> slots)
        {
            foreach (var slot in slots)
            {
                if (!slot.Place.IsNone)
                {
                    var hash = (ulong)RowKey.Spread(slot.Key);
                    var segment = Of(hash);
                    segment.Find(slot.Key, hash) = slot;
                    segment.Count++;
                }
            }
        }
    }

    private sealed class Segment(int size, int depth)
    {
        /// <summary>Slots of a segment that is to be split rather than enlarged: 12 KB.</summary>
        public const int Ordinary = 512;

        public Slot[] Slots { get; set; } = new Slot[size];

        public int Count { get; set; }

        /// <summary>Bits in which the hashes of its keys agree.</summary>
        public int Depth { get; set; } = depth;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref Slot Find(UInt128 key, ulong hash)
        {
            var slots = Slots;
            var mask = slots.Length - 1;
            var at = (int)hash & mask;
            while (!slots[at].Place.IsNone && slots[at].Key != key)
            {
                at = (at + 1) & mask;
            }

            return ref slots[at];
        }

        public void Clear()
        {
            Array.Clear(Slots);
            Count = 0;
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
