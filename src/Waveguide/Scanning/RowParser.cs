using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using Waveguide.DuckDb;

namespace Waveguide.Scanning;

/// <summary>
/// One JSON line into one row of vectors. What does not fit its column is left null there and kept among the extra
/// keys; what is not one JSON object is refused. A line in the form of nearly all is read the short way, any other
/// by the book, with the same outcome. Used by one thread at a time.
/// </summary>
internal sealed class RowParser
{
    private readonly RowValues _values;
    private readonly OrdinaryLine _ordinary;
    private readonly AnyLine _any;
    private readonly PrivateLine? _private;

    /// <param name="positions">For each landed column its position in the chunk, or -1 where it is not asked for.</param>
    /// <param name="hiding">Takes out what is private; null if nothing is.</param>
    public RowParser(Table table, KeyIndex keys, int[] positions, PrivateLine? hiding)
    {
        _private = hiding;
        _values = new RowValues(table, positions);
        _ordinary = new OrdinaryLine(table, _values);
        _any = new AnyLine(table, keys, _values);
    }

    /// <summary>The value of the row's single primary key; null if it has none.</summary>
    public UInt128? Key => _values.Key;

    /// <summary>Whether some value did not fit its column.</summary>
    public bool IsRepaired => _values.IsRepaired;

    /// <param name="line">Followed as <see cref="LineReader"/> promises.</param>
    /// <param name="chunk">Whose row is all null, and stays so when the line is refused.</param>
    /// <returns>Why the line is refused; null if it is not.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string? Parse(ReadOnlySpan<byte> line, TableScanChunk chunk, int row)
    {
        _values.Begin(chunk, row);
        // Once for the whole line and by vector instructions, so that no value has to be looked at again.
        if (!Utf8.IsValid(line))
        {
            return "not valid UTF-8";
        }

        var refusal = ParseValid(line);
        if (refusal is null)
        {
            _values.End();
        }
        else
        {
            _values.Clear();
        }

        return refusal;
    }

    /// <summary>Makes the row all null again.</summary>
    public void Clear() => _values.Clear();

    private string? ParseValid(ReadOnlySpan<byte> line)
    {
        const string NoObject = "JSON, but not an object";
        try
        {
            if (_private?.TryRewrite(line, out line) == false)
            {
                return NoObject;
            }

            if (_ordinary.TryParse(line))
            {
                return null;
            }

            _values.Clear();
            return _any.TryParse(line) ? null : NoObject;
        }
        catch (JsonException reason)
        {
            return $"not JSON at byte {reason.BytePositionInLine}";
        }
    }
}
