using System.Text.Json;
using System.Text.Unicode;

namespace Waveguide.Scanning;

/// <summary>Writes a part again without what is private, for destinations that keep lines and not rows.</summary>
internal static class PrivatePart
{
    /// <summary>
    /// Writes line for line, so that each keeps its number: a line that a scan would put aside leaves a blank one.
    /// </summary>
    /// <exception cref="InvalidDataException">The part is damaged or not complete.</exception>
    public static void Write(FetchedPart part, PrivateLine hiding, Stream output, CancellationToken cancellationToken)
    {
        using var lines = new LineReader(PartStream.Open(part));
        for (var next = 1L; lines.TryRead(out var line); next++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (; next < lines.Number; next++)
            {
                output.Write("\n"u8);
            }

            if (!lines.IsCut && TryRewrite(hiding, line, out var rewritten))
            {
                output.Write(rewritten);
            }

            output.Write("\n"u8);
        }
    }

    private static bool TryRewrite(PrivateLine hiding, ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rewritten)
    {
        rewritten = default;
        try
        {
            return Utf8.IsValid(line) && hiding.TryRewrite(line, out rewritten);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
