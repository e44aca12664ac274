using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Waveguide.Scanning;

/// <summary>Rows and lines as numbers of 128 bits, to compare them without keeping their text.</summary>
internal static class RowKey
{
    /// <summary>A uuid in its plain form as its own bits; any other text by its SHA-256.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> text) => TryUuid(text, out var key) ? key : Hash(text);

    public static UInt128 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>Spreads a key over all bits, so that a sum of many tells any two sets of keys apart.</summary>
    public static UInt128 Spread(UInt128 key)
    {
        var low = Mix((ulong)key ^ 0x9E3779B97F4A7C15);
        var high = Mix((ulong)(key >> 64) ^ low);
        return new UInt128(high, Mix(low ^ high));
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryUuid(ReadOnlySpan<byte> text, out UInt128 key)
    {
        key = default;
        if (text.Length != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
        {
            return false;
        }

        // Side by side, the digits can be taken by vector instructions.
        Span<byte> digits = stackalloc byte[32];
        text[..8].CopyTo(digits);
        text[9..13].CopyTo(digits[8..]);
        text[14..18].CopyTo(digits[12..]);
        text[19..23].CopyTo(digits[16..]);
        text[24..].CopyTo(digits[20..]);
        Span<byte> bytes = stackalloc byte[16];
        if (
            digits.ContainsAnyInRange((byte)'A', (byte)'F')
            || Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done
        )
        {
            return false;
        }

        key = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }
}
