using System.Buffers.Binary;
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

    private static bool TryUuid(ReadOnlySpan<byte> text, out UInt128 key)
    {
        key = default;
        if (text.Length != 36)
        {
            return false;
        }

        ulong high = 0;
        ulong low = 0;
        for (var at = 0; at < 36; at++)
        {
            var letter = text[at];
            if (at is 8 or 13 or 18 or 23)
            {
                if (letter != '-')
                {
                    return false;
                }

                continue;
            }

            var digit = letter - '0';
            if ((uint)digit > 9)
            {
                digit = letter - 'a' + 10;
                if ((uint)(digit - 10) > 5)
                {
                    return false;
                }
            }

            high = (high << 4) | (low >> 60);
            low = (low << 4) | (uint)digit;
        }

        key = new UInt128(high, low);
        return true;
    }
}
