using System.Text.Json;

namespace Waveguide.Scanning;

/// <summary>Reads the text of keys and scalars: of a string what is between its quotes, without escapes.</summary>
internal sealed class ScalarText
{
    private byte[] _scratch = new byte[1024];

    /// <param name="text">Valid until the next call.</param>
    /// <returns>False where it holds half a surrogate pair, which no UTF-8 can say.</returns>
    public bool TryRead(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            return true;
        }

        if (_scratch.Length < text.Length)
        {
            _scratch = new byte[text.Length * 2];
        }

        try
        {
            text = _scratch.AsSpan(0, reader.CopyString(_scratch));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
