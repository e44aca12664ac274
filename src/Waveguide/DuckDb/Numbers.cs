using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Waveguide.DuckDb;

/// <summary>DuckDB's wide numbers to .NET's and back.</summary>
internal static class Numbers
{
    private const ulong TopBit = 1UL << 63;
    private const byte MaxDecimalWidth = 38;
    private const byte MaxDotNetScale = 28;

    internal static BigInteger ToBigInteger(HugeInt value) => ((BigInteger)value.Upper << 64) + value.Lower;

    internal static BigInteger ToBigInteger(UHugeInt value) => ((BigInteger)value.Upper << 64) + value.Lower;

    internal static HugeInt ToHugeInt(BigInteger value)
    {
        var exact = (Int128)value;
        return new HugeInt((ulong)(exact & ulong.MaxValue), (long)(exact >> 64));
    }

    internal static DecimalValue ToDecimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        BigInteger magnitude = ((BigInteger)(uint)bits[2] << 64) | ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        return new DecimalValue(
            MaxDecimalWidth,
            value.Scale,
            ToHugeInt(decimal.IsNegative(value) ? -magnitude : magnitude)
        );
    }

    /// <summary>A decimal, or its digits as text where .NET's 96 bits cannot hold them.</summary>
    internal static object FromDecimal(BigInteger unscaled, byte scale)
    {
        BigInteger magnitude = BigInteger.Abs(unscaled);
        if (scale <= MaxDotNetScale && magnitude.GetBitLength() <= 96)
        {
            uint low = (uint)(magnitude & uint.MaxValue);
            uint middle = (uint)((magnitude >> 32) & uint.MaxValue);
            uint high = (uint)(magnitude >> 64);
            return new decimal((int)low, (int)middle, (int)high, unscaled.Sign < 0, scale);
        }
        string digits = magnitude.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string sign = unscaled.Sign < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    /// <summary>A UUID as its 128 bits in reading order.</summary>
    internal static UHugeInt ToUuid(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return new UHugeInt(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes)
        );
    }

    internal static Guid FromUuid(UHugeInt value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value.Upper);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], value.Lower);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>In vectors a UUID's top bit is flipped, so that signed comparison orders it.</summary>
    internal static UHugeInt FlipUuid(UHugeInt value) => value with { Upper = value.Upper ^ TopBit };

    /// <summary>BIGNUM: three bytes of sign and length, then the magnitude, all inverted when negative.</summary>
    internal static BigInteger FromBigNum(ReadOnlySpan<byte> stored)
    {
        bool negative = (stored[0] & 0x80) == 0;
        byte[] magnitude = stored[3..].ToArray();
        if (negative)
        {
            for (int index = 0; index < magnitude.Length; index++)
            {
                magnitude[index] = (byte)~magnitude[index];
            }
        }
        var value = new BigInteger(magnitude, isUnsigned: true, isBigEndian: true);
        return negative ? -value : value;
    }

    /// <summary>BIT: the number of padding bits, then the bits from the left.</summary>
    internal static string FromBit(ReadOnlySpan<byte> stored)
    {
        int padding = stored[0];
        int length = ((stored.Length - 1) * 8) - padding;
        char[] bits = new char[length];
        for (int index = 0; index < length; index++)
        {
            int position = index + padding;
            bits[index] = (stored[1 + (position / 8)] & (0x80 >> (position % 8))) != 0 ? '1' : '0';
        }
        return new string(bits);
    }
}
