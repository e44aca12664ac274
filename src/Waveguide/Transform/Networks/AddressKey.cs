using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Waveguide.Transform.Networks;

/// <summary>
/// An address as text that sorts as a number does: <c>4</c> and ten decimal digits for IPv4, <c>6</c> and 32 lower-case
/// hexadecimal digits for IPv6. An IPv4 address written as IPv6 counts as IPv4.
/// </summary>
internal readonly record struct AddressKey(bool IsV6, UInt128 Number) : IComparable<AddressKey>
{
    public static bool TryParse(ReadOnlySpan<char> text, out AddressKey key)
    {
        key = default;
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            key = new AddressKey(false, number);
            return text.Length > 3;
        }

        // The framework also reads "1.2" and "0x7f.1" as addresses, which nobody means in a list of ranges.
        if (!text.Contains(':') && text.Count('.') != 3)
        {
            return false;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            return false;
        }

        key = Of(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        return true;
    }

    /// <summary>The first and last address of a network such as <c>203.0.113.0/24</c>.</summary>
    public static bool TryParseNetwork(ReadOnlySpan<char> text, out AddressKey first, out AddressKey last)
    {
        last = default;
        var slash = text.IndexOf('/');
        if (!TryParse(slash < 0 ? text : text[..slash], out first))
        {
            return false;
        }

        var bits = first.IsV6 ? 128 : 32;
        var length = bits;
        if (
            slash >= 0
            && (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length))
        )
        {
            return false;
        }

        if (length > bits)
        {
            return false;
        }

        var rest = length == 0 && bits == 128 ? UInt128.MaxValue : (UInt128.One << (bits - length)) - 1;
        first = first with { Number = first.Number & ~rest };
        last = first with { Number = first.Number | rest };
        return true;
    }

    public int CompareTo(AddressKey other) =>
        IsV6 == other.IsV6 ? Number.CompareTo(other.Number) : IsV6.CompareTo(other.IsV6);

    public override string ToString() => IsV6 ? $"6{Number:x32}" : $"4{(uint)Number:0000000000}";

    public static bool operator <(AddressKey left, AddressKey right) => left.CompareTo(right) < 0;

    public static bool operator >(AddressKey left, AddressKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(AddressKey left, AddressKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AddressKey left, AddressKey right) => left.CompareTo(right) >= 0;

    private static AddressKey Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new AddressKey(true, BinaryPrimitives.ReadUInt128BigEndian(bytes))
            : new AddressKey(false, BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }
}
