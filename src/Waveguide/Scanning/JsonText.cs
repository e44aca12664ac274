using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Waveguide.Scanning;

/// <summary>
/// Finds the end of a JSON value and proves on the way that it is one, without taking it apart. Text must be valid
/// UTF-8, in compact form, and be followed by a newline and 32 more readable bytes: every loop stops at the newline.
/// </summary>
internal static unsafe class JsonText
{
    /// <summary>Containers in one another that fit in the bits of a number; deeper ones are left to the general reader.</summary>
    private const int Deepest = 63;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(byte* at, ReadOnlySpan<byte> word) =>
        new ReadOnlySpan<byte>(at, word.Length).SequenceEqual(word);

    /// <returns>The first byte behind the value; null if it is not JSON, or not in compact form, or nested too deeply.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static byte* Skip(byte* at)
    {
        // One bit for each container that is open, the innermost lowest: 1 for an object.
        var kinds = 0UL;
        var depth = 0;
        while (true)
        {
            if ((kinds & 1) != 0 && (at = SkipKey(at)) is null)
            {
                return null;
            }

            if (*at is (byte)'{' or (byte)'[')
            {
                kinds = (kinds << 1) | (*at == '{' ? 1UL : 0UL);
                if (++depth > Deepest)
                {
                    return null;
                }

                // In ASCII a closing bracket is two behind its opening one.
                if (at[1] != *at++ + 2)
                {
                    continue;
                }
            }
            else if ((at = SkipScalar(at)) is null)
            {
                return null;
            }

            while (depth > 0 && *at == ((kinds & 1) != 0 ? '}' : ']'))
            {
                at++;
                depth--;
                kinds >>= 1;
            }

            if (depth == 0)
            {
                return at;
            }

            if (*at++ != ',')
            {
                return null;
            }
        }
    }

    /// <summary>Finds the first byte that a string cannot simply hold: its closing quote, an escape, or a control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* FindStop(byte* at)
    {
        while (true)
        {
            var text = Vector256.Load(at);
            var stops =
                Vector256.Equals(text, Vector256.Create((byte)'"'))
                | Vector256.Equals(text, Vector256.Create((byte)'\\'))
                | Vector256.LessThan(text, Vector256.Create((byte)' '));
            var bits = stops.ExtractMostSignificantBits();
            if (bits != 0)
            {
                return at + BitOperations.TrailingZeroCount(bits);
            }

            at += Vector256<byte>.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* SkipKey(byte* at)
    {
        if (*at != '"')
        {
            return null;
        }

        at = SkipString(at);
        return at is not null && *at == ':' ? at + 1 : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* SkipScalar(byte* at)
    {
        if (*at == '"')
        {
            return SkipString(at);
        }

        return *at switch
        {
            (byte)'t' => Is(at, "true"u8) ? at + 4 : null,
            (byte)'f' => Is(at, "false"u8) ? at + 5 : null,
            (byte)'n' => Is(at, "null"u8) ? at + 4 : null,
            _ => SkipNumber(at),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* SkipString(byte* at)
    {
        at = FindStop(at + 1);
        return *at == '"' ? at + 1 : SkipEscapes(at);
    }

    /// <param name="at">In a string, at a byte it cannot simply hold.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte* SkipEscapes(byte* at)
    {
        while (*at == '\\')
        {
            if (at[1] == 'u')
            {
                if (!IsHex(at[2]) || !IsHex(at[3]) || !IsHex(at[4]) || !IsHex(at[5]))
                {
                    return null;
                }

                at += 4;
            }
            else if (
                at[1]
                is not (
                    (byte)'"'
                    or (byte)'\\'
                    or (byte)'/'
                    or (byte)'b'
                    or (byte)'f'
                    or (byte)'n'
                    or (byte)'r'
                    or (byte)'t'
                )
            )
            {
                return null;
            }

            at = FindStop(at + 2);
        }

        return *at == '"' ? at + 1 : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte* SkipNumber(byte* at)
    {
        at += *at == '-' ? 1 : 0;
        var first = at;
        at = SkipDigits(at);
        if (at == first || (*first == '0' && at - first > 1))
        {
            return null;
        }

        if (*at == '.')
        {
            first = at + 1;
            at = SkipDigits(first);
            if (at == first)
            {
                return null;
            }
        }

        if (*at is (byte)'e' or (byte)'E')
        {
            first = at[1] is (byte)'+' or (byte)'-' ? at + 2 : at + 1;
            at = SkipDigits(first);
            return at == first ? null : at;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* SkipDigits(byte* at)
    {
        while ((uint)*at - '0' <= 9)
        {
            at++;
        }

        return at;
    }

    private static bool IsHex(byte letter) => char.IsAsciiHexDigit((char)letter);
}
