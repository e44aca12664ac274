using System.Runtime.Intrinsics;
using System.Text;

namespace Waveguide.Scanning;

/// <summary>A table's keys as they stand in a line, quotes and colon included, each to be compared in one step.</summary>
internal sealed unsafe class OrdinaryKeys
{
    private readonly (Vector256<byte> Text, Vector256<byte> Mask, int Length)[] _keys;

    public OrdinaryKeys(Table table) => _keys = [.. table.Columns.Select(column => Entry(column.Source))];

    /// <summary>Bytes of a column's key.</summary>
    public int Length(int column) => _keys[column].Length;

    /// <summary>Finds the column whose key stands here: the given one, or, where keys are missing, one behind it.</summary>
    /// <param name="at">Followed by 32 readable bytes.</param>
    /// <returns>-1 where the key is none of these.</returns>
    public int Find(byte* at, int column)
    {
        var text = Vector256.Load(at);
        for (; column < _keys.Length; column++)
        {
            ref var key = ref _keys[column];
            if (((text ^ key.Text) & key.Mask) == Vector256<byte>.Zero)
            {
                return column;
            }
        }

        return -1;
    }

    private static (Vector256<byte>, Vector256<byte>, int) Entry(string source)
    {
        var bytes = Encoding.UTF8.GetBytes($"\"{source}\":");
        if (bytes.Length > Vector256<byte>.Count || source.AsSpan().ContainsAny('"', '\\'))
        {
            // A key too long, or written with escapes, is never found here: no line holds newlines.
            return (Vector256.Create((byte)'\n'), Vector256<byte>.AllBitsSet, bytes.Length);
        }

        var text = new byte[Vector256<byte>.Count];
        var mask = new byte[Vector256<byte>.Count];
        bytes.CopyTo(text, 0);
        mask.AsSpan(0, bytes.Length).Fill(0xFF);
        return (Vector256.Create(text), Vector256.Create(mask), bytes.Length);
    }
}
