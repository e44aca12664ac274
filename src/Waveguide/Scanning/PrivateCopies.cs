using System.Buffers;
using System.Text;

namespace Waveguide.Scanning;

/// <summary>
/// Texts of one row that may show nowhere else in it, and what is shown in their place. A copy counts in any case of its
/// letters, and as it is written in a URL, but not as a part of a longer word or number.
/// </summary>
internal sealed class PrivateCopies
{
    /// <summary>In bytes. Shorter texts are words and numbers of many meanings; Amplitude takes no id below five letters.</summary>
    private const int Shortest = 5;

    private readonly List<Copy> _copies = [];

    public void Clear() => _copies.Clear();

    public void Add(ReadOnlySpan<byte> text, string? shown, bool isAddress)
    {
        if (text.Length < Shortest)
        {
            return;
        }

        _copies.Add(new Copy(text.ToArray(), shown ?? "", isAddress));
        var inUrl = Encoding.ASCII.GetBytes(Uri.EscapeDataString(Encoding.UTF8.GetString(text)));
        if (inUrl.Length != text.Length)
        {
            _copies.Add(new Copy(inUrl, shown ?? "", isAddress));
        }
    }

    /// <param name="addresses">Whether only addresses are looked for.</param>
    /// <returns>Whether the text holds any; if so, the text without them is written.</returns>
    public bool TryReplace(ReadOnlySpan<byte> text, bool addresses, IBufferWriter<byte> output)
    {
        var found = false;
        while (First(text, addresses) is { } first)
        {
            found = true;
            output.Write(text[..first.At]);
            output.Write(Encoding.UTF8.GetBytes(first.Copy.Shown));
            text = text[(first.At + first.Copy.Text.Length)..];
        }

        if (found)
        {
            output.Write(text);
        }

        return found;
    }

    private (int At, Copy Copy)? First(ReadOnlySpan<byte> text, bool addresses)
    {
        (int At, Copy Copy)? first = null;
        foreach (var copy in _copies)
        {
            if (copy.IsAddress || !addresses)
            {
                var at = Find(text, copy.Text);
                first = at >= 0 && (first is null || at < first.Value.At) ? (at, copy) : first;
            }
        }

        return first;
    }

    private static int Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> copy)
    {
        var (lower, upper) = (Lower(copy[0]), Upper(copy[0]));
        for (var from = 0; text.Length - from >= copy.Length; from++)
        {
            var next = text[from..].IndexOfAny(lower, upper);
            if (next < 0)
            {
                break;
            }

            from += next;
            if (
                text.Length - from >= copy.Length
                && Same(text.Slice(from, copy.Length), copy)
                && IsWhole(text, from, copy)
            )
            {
                return from;
            }
        }

        return -1;
    }

    private static bool Same(ReadOnlySpan<byte> text, ReadOnlySpan<byte> copy)
    {
        for (var at = 0; at < copy.Length; at++)
        {
            if (Lower(text[at]) != Lower(copy[at]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWhole(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> copy)
    {
        var end = at + copy.Length;
        return (at == 0 || !IsOfWord(text[at - 1]) || !IsOfWord(copy[0]))
            && (end == text.Length || !IsOfWord(text[end]) || !IsOfWord(copy[^1]));
    }

    private static bool IsOfWord(byte sign) => char.IsAsciiLetterOrDigit((char)sign);

    private static byte Lower(byte sign) => char.IsAsciiLetterUpper((char)sign) ? (byte)(sign | 0x20) : sign;

    private static byte Upper(byte sign) => char.IsAsciiLetterLower((char)sign) ? (byte)(sign & ~0x20) : sign;

    private readonly record struct Copy(byte[] Text, string Shown, bool IsAddress);
}
