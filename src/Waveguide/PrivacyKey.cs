using System.Security.Cryptography;
using System.Text;

namespace Waveguide;

/// <summary>
/// The secret by which private values are hashed. It never shows itself, and none but its holder can find a value by
/// trying. Thread-safe.
/// </summary>
public sealed class PrivacyKey
{
    /// <summary>Hexadecimal digits of a key, and of a hash.</summary>
    public const int Digits = 64;

    private const int MarkDigits = 12;

    private readonly byte[] _key;

    private PrivacyKey(byte[] key) => _key = key;

    /// <summary>Tells one key from another, in names that anybody may see.</summary>
    public string Mark => Hash("waveguide"u8)[..MarkDigits];

    /// <param name="text">64 hexadecimal digits, as <c>openssl rand -hex 32</c> gives: fewer could be guessed.</param>
    /// <returns>Null if it is anything else.</returns>
    public static PrivacyKey? Of(string text) =>
        text.Length == Digits && text.All(char.IsAsciiHexDigitLower) ? new(Encoding.ASCII.GetBytes(text)) : null;

    /// <summary>HMAC-SHA-256 (RFC 2104) of UTF-8, as 64 hexadecimal digits; the key is the ASCII of its digits.</summary>
    public string Hash(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, text, hash);
        return Convert.ToHexStringLower(hash);
    }

    public override string ToString() => "***";
}
