using System.Collections.Concurrent;
using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

/// <summary>A table function made of lambdas, which counts what is open.</summary>
internal sealed class TestFunction : TableFunction
{
    private int _scans;
    private int _readers;

    public override string Name => "rows_of";

    public override IReadOnlyList<DuckDbType> Parameters => ParameterTypes;

    public IReadOnlyList<DuckDbType> ParameterTypes { get; init; } = [];

    public required IReadOnlyList<(string Name, DuckDbType Type)> Columns { get; init; }

    public Action<IReadOnlyList<object?>> OnBind { get; init; } = _ => { };

    public Action<IReadOnlyList<int>> OnOpen { get; init; } = _ => { };

    /// <summary>Called with the reader's number and the chunk.</summary>
    public required Func<int, TableScanChunk, int> OnRead { get; init; }

    public int MaxThreads { get; init; } = 1;

    public int OpenScans => _scans;

    public int OpenReaders => _readers;

    public int TotalReaders { get; private set; }

    public ConcurrentDictionary<int, bool> ReadingThreads { get; } = new();

    public override TableScan Bind(IReadOnlyList<object?> arguments)
    {
        OnBind(arguments);
        return new Scan(this);
    }

    private sealed class Scan : TableScan
    {
        private readonly TestFunction _function;

        internal Scan(TestFunction function)
        {
            _function = function;
            Interlocked.Increment(ref function._scans);
        }

        public override IReadOnlyList<(string Name, DuckDbType Type)> Columns => _function.Columns;

        public override int MaxThreads => _function.MaxThreads;

        public override TableScanReader OpenReader(IReadOnlyList<int> projectedColumns)
        {
            _function.OnOpen(projectedColumns);
            lock (_function)
            {
                return new Reader(_function, _function.TotalReaders++);
            }
        }

        public override void Dispose()
        {
            Interlocked.Decrement(ref _function._scans);
            base.Dispose();
        }
    }

    private sealed class Reader : TableScanReader
    {
        private readonly TestFunction _function;
        private readonly int _number;

        internal Reader(TestFunction function, int number)
        {
            _function = function;
            _number = number;
            Interlocked.Increment(ref function._readers);
        }

        public override int Read(TableScanChunk output)
        {
            _function.ReadingThreads[Environment.CurrentManagedThreadId] = true;
            return _function.OnRead(_number, output);
        }

        public override void Dispose()
        {
            Interlocked.Decrement(ref _function._readers);
            base.Dispose();
        }
    }
}
