using System.Text;
using System.Text.RegularExpressions;

namespace Waveguide.Scanning;

/// <summary>What is shown in the place of one column's values. Used by one thread at a time.</summary>
internal sealed partial class PrivateValue(PrivateForm form, PrivacyKey? key, bool isAddress)
{
    private byte[] _lastText = [];
    private string? _lastShown;

    public bool IsAddress => isAddress;

    /// <summary>Whether the text is looked for elsewhere in the row: a column that is only left out hides nobody.</summary>
    public bool HidesCopies => isAddress || form == PrivateForm.Hmac;

    /// <returns>Null if nothing is.</returns>
    /// <exception cref="InvalidOperationException">It is to be hashed, and there is no key.</exception>
    public string? Show(ReadOnlySpan<byte> text)
    {
        // Rows beside each other are often of one person.
        if (!text.SequenceEqual(_lastText))
        {
            _lastText = text.ToArray();
            _lastShown = form switch
            {
                PrivateForm.Hmac => (key ?? throw new InvalidOperationException("There is no key to hash by.")).Hash(
                    text
                ),
                PrivateForm.Truncate => Network(Encoding.UTF8.GetString(text)),
                _ => null,
            };
        }

        return _lastShown;
    }

    /// <summary>As models/staging/stg_events.sql does.</summary>
    private static string? Network(string address) =>
        V4().Match(address) is { Success: true } v4 ? $"{v4.Groups["network"].Value}0"
        : V6().Match(address) is { Success: true } v6 ? $"{v6.Groups["network"].Value}:"
        : null;

    [GeneratedRegex(
        @"^(?<network>([0-9]+\.){3})[0-9]+\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex V4();

    [GeneratedRegex(
        "^(?<network>([0-9a-fA-F]+:){3})",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex V6();
}
