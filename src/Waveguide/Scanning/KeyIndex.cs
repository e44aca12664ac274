using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Waveguide.Scanning;

/// <summary>Finds a table's columns by the keys of its JSON, fastest when the keys come in the table's own order.</summary>
internal sealed class KeyIndex
{
    private readonly byte[][] _keys;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _byKey;

    public KeyIndex(Table table)
    {
        _keys = [.. table.Columns.Select(column => Encoding.UTF8.GetBytes(column.Source))];
        _byKey = _keys
            .Select((key, column) => (key, column))
            .ToDictionary(pair => pair.key, pair => pair.column, new BytesComparer())
            .GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <param name="expected">The column whose key probably comes next.</param>
    /// <returns>The column's position in the table, or -1.</returns>
    public int Find(ReadOnlySpan<byte> key, int expected)
    {
        if (expected < _keys.Length && key.SequenceEqual(_keys[expected]))
        {
            return expected;
        }

        return _byKey.TryGetValue(key, out var column) ? column : -1;
    }

    private sealed class BytesComparer
        : IEqualityComparer<byte[]>,
            IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
