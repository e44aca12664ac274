using System.Globalization;

namespace Waveguide.Amplitude;

/// <summary>Text from outside, made fit for one line of a message.</summary>
internal static class PlainText
{
    /// <summary>One line of at most so many letters, in which nothing can steer a terminal.</summary>
    public static string Of(string text, int longest)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = line.Length <= longest ? line : line[..longest] + "...";
        return string.Concat(line.Select(letter => IsPlain(letter) ? letter : '.'));
    }

    private static bool IsPlain(char letter) =>
        char.GetUnicodeCategory(letter)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            )
        && letter != '\uFFFD';
}
