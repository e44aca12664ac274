using Waveguide.DuckDb;
using Waveguide.Http;
using Waveguide.Scanning;

namespace Waveguide.Destinations.Lake;

/// <summary>
/// DuckDB in this process with nothing of its own: it reads slices, writes Parquet, and answers queries. It starts with the
/// first connection.
/// </summary>
internal sealed class LakeEngine : IDisposable
{
    private readonly SpoolFolder _spool;
    private readonly SpoolFolder.Place _place;
    private readonly Lazy<DuckDbDatabase> _database;

    public LakeEngine(LakeDestinationOptions options)
    {
        Threads = options.Threads ?? Environment.ProcessorCount;
        _spool = new SpoolFolder(options.ScratchFolder);
        _place = _spool.Take();
        _database = new Lazy<DuckDbDatabase>(() => Start(options));
    }

    /// <summary>How much is done at once that needs a processor.</summary>
    public int Threads { get; }

    public ScanFunction Scans { get; } = new();

    public LakeFunction Files { get; } = new();

    /// <summary>A folder for files on their way, deleted at the end.</summary>
    public string Folder => _place.Path;

    public DuckDbConnection Connect() => _database.Value.Connect();

    /// <summary>A file in <see cref="Folder"/> that is not there yet.</summary>
    public string NewPath() => Path.Combine(Folder, $"{Guid.NewGuid():n}");

    /// <exception cref="SourceException">Fewer than these bytes can be written.</exception>
    public void ThrowIfFull(long bytes) => _spool.ThrowIfFull(bytes);

    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            _database.Value.Dispose();
        }

        _place.Dispose();
        _spool.Dispose();
    }

    private DuckDbDatabase Start(LakeDestinationOptions options)
    {
        var database = DuckDbDatabase.Open(
            new DuckDbOptions
            {
                MemoryLimitBytes = options.MemoryLimitBytes,
                Threads = options.Threads,
                TempDirectory = Path.Combine(_place.Path, "duckdb"),
                PreserveInsertionOrder = false,
            }
        );
        try
        {
            using var connection = database.Connect();
            connection.Register(Scans);
            connection.Register(Files);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
