using System.Runtime.CompilerServices;
using Waveguide.DuckDb;

namespace Waveguide.Scanning;

/// <summary>The values of the row that is being read, each put where its column is, if the statement asks for it at all.</summary>
internal sealed class RowValues
{
    private readonly int[] _positions;
    private readonly int _extraPosition;
    private readonly int _keyColumn;
    private readonly ExtraKeys _extra = new();
    private TableScanChunk _chunk;
    private int _row;

    /// <param name="positions">For each landed column its position in the chunk, or -1 where it is not asked for.</param>
    public RowValues(Table table, int[] positions)
    {
        _positions = positions;
        _extraPosition = positions[table.Columns.Count];
        _keyColumn = table.PrimaryKey is [var key]
            ? table.Columns.ToList().FindIndex(column => column.Name == key)
            : -1;
        Types = [.. table.Columns.Select(column => column.Type)];
    }

    public ColumnType[] Types { get; }

    /// <summary>The value of the row's single primary key; null if it has none.</summary>
    public UInt128? Key { get; private set; }

    /// <summary>Whether some value did not fit its column.</summary>
    public bool IsRepaired { get; private set; }

    /// <param name="chunk">Whose row is all null.</param>
    public void Begin(TableScanChunk chunk, int row)
    {
        _chunk = chunk;
        _row = row;
        Forget();
    }

    /// <summary>Makes the row as it was at its beginning.</summary>
    public void Clear()
    {
        for (var column = 0; column < _chunk.ColumnCount; column++)
        {
            _chunk[column].SetNull(_row);
        }

        Forget();
    }

    public void End()
    {
        if (!_extra.IsEmpty && _extraPosition >= 0)
        {
            _chunk[_extraPosition].SetUtf8(_row, _extra.Close());
        }
    }

    public void SetNull(int column)
    {
        if (column == _keyColumn)
        {
            Key = null;
        }

        if (_positions[column] >= 0)
        {
            _chunk[_positions[column]].SetNull(_row);
        }
    }

    /// <param name="text">Valid UTF-8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetText(int column, ReadOnlySpan<byte> text)
    {
        if (column == _keyColumn)
        {
            Key = RowKey.Of(text);
        }

        if (_positions[column] >= 0)
        {
            _chunk[_positions[column]].SetUtf8(_row, text);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetInteger(int column, long value)
    {
        if (_positions[column] >= 0)
        {
            _chunk[_positions[column]].SetInt64(_row, value);
        }
    }

    public void SetNumber(int column, double value)
    {
        if (_positions[column] >= 0)
        {
            _chunk[_positions[column]].SetDouble(_row, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetBoolean(int column, bool value)
    {
        if (_positions[column] >= 0)
        {
            _chunk[_positions[column]].SetBoolean(_row, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetTime(int column, long micros)
    {
        if (_positions[column] >= 0)
        {
            _chunk[_positions[column]].SetTimestampMicros(_row, micros);
        }
    }

    /// <summary>Keeps a value that has no column.</summary>
    /// <param name="key">As it stands between the quotes.</param>
    /// <param name="raw">The value's bytes.</param>
    public void KeepExtra(ReadOnlySpan<byte> key, ReadOnlySpan<byte> raw) => _extra.Add(key, raw);

    /// <summary>Keeps a value that does not fit its column.</summary>
    /// <inheritdoc cref="KeepExtra"/>
    public void KeepMisfit(ReadOnlySpan<byte> key, ReadOnlySpan<byte> raw)
    {
        IsRepaired = true;
        _extra.Add(key, raw);
    }

    private void Forget()
    {
        Key = null;
        IsRepaired = false;
        _extra.Clear();
    }
}
