using System.Text.Json;
using System.Text.Unicode;
using Waveguide.Amplitude;
using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Tests.Scanning;

/// <summary>Reads lines by one of the scan's two ways alone: a row for each, with what became of it as the last column.</summary>
internal sealed class PathFunction(string name, IReadOnlyList<byte[]> lines, bool isOrdinary) : TableFunction
{
    /// <summary>The outcome of a line that is not ordinary.</summary>
    public const string Left = "left to the other way";

    public override string Name => name;

    public override TableScan Bind(IReadOnlyList<object?> arguments) => new Binding(lines, isOrdinary);

    private sealed class Binding(IReadOnlyList<byte[]> lines, bool isOrdinary) : TableScan
    {
        public override IReadOnlyList<(string Name, DuckDbType Type)> Columns { get; } =
        [.. LandedColumns.Of(EventsTable.Definition), ("_outcome", DuckDbType.Varchar)];

        public override TableScanReader OpenReader(IReadOnlyList<int> projectedColumns) =>
            new Reader(lines, isOrdinary);
    }

    private sealed class Reader : TableScanReader
    {
        private readonly RowValues _values;
        private readonly Func<byte[], string> _read;
        private readonly IReadOnlyList<byte[]> _lines;
        private int _next;

        public Reader(IReadOnlyList<byte[]> lines, bool isOrdinary)
        {
            var table = EventsTable.Definition;
            int[] positions = [.. Enumerable.Range(0, LandedColumns.Of(table).Count)];
            _lines = lines;
            _values = new RowValues(table, positions);
            var ordinary = new OrdinaryLine(table, _values);
            var any = new AnyLine(table, new KeyIndex(table), _values);
            _read = isOrdinary
                ? line => ordinary.TryParse(WithMargin(line)) ? "kept" : Left
                : line => any.TryParse(line) ? "kept" : "refused";
        }

        public override int Read(TableScanChunk output)
        {
            output.InvalidateAll();
            var rows = Math.Min(output.Capacity, _lines.Count - _next);
            for (var row = 0; row < rows; row++)
            {
                _values.Begin(output, row);
                var outcome = Utf8.IsValid(_lines[_next]) ? Outcome(_lines[_next]) : "refused";
                if (outcome != "kept")
                {
                    _values.Clear();
                }

                _values.End();
                _next++;
                output[output.ColumnCount - 1]
                    .SetUtf8(row, JsonSerializer.SerializeToUtf8Bytes(outcome + _values.Key + _values.IsRepaired));
            }

            return rows;
        }

        private string Outcome(byte[] line)
        {
            try
            {
                return _read(line);
            }
            catch (JsonException)
            {
                return "refused";
            }
        }

        /// <summary>As lines lie in memory: a newline behind them, then whatever else was there.</summary>
        private static ReadOnlySpan<byte> WithMargin(byte[] line)
        {
            byte[] memory = [.. line, (byte)'\n', .. new byte[LineReader.Margin]];
            memory.AsSpan(line.Length + 1).Fill((byte)'"');
            return memory.AsSpan(0, line.Length);
        }
    }
}
