using Waveguide.DuckDb;

namespace Waveguide.Destinations.DuckDb;

/// <summary>An open warehouse: DuckDB in this process with the file attached under a fixed name.</summary>
internal sealed class WarehouseFile : IDisposable
{
    // Small row groups are compressed by all threads during the insert, large ones by one at the commit. The format of
    // DuckDB 1.3 (May 2025) has the dictionary compression that takes a third off a load's time and memory.
    private const string Storage = "ROW_GROUP_SIZE 30720, STORAGE_VERSION 'v1.3.0'";

    // Of a new file, in bytes. While rows are inserted, each column holds at least one block for each row group, and 56
    // columns seldom fill DuckDB's own blocks of 256 KB: the memory limit was met by writing nearly empty ones to disk.
    private const string BlockSize = "65536";

    // Of the memory limit. A load takes and frees blocks all the time; more of them are left to the system's allocator.
    private const long MostKeptBytes = 120_000_000;

    // Changes go from the log into the file once they are about as many events as a row group holds. After DuckDB's own
    // 16 MB, row groups of small hours are a third full; merging them later met the memory limit and was done on disk.
    private const string CheckpointThreshold = "48MB";

    private const string Use = "USE warehouse";

    private static readonly string[] AmbiguousNames = ["amplitude", "waveguide", "analytics"];

    private readonly DuckDbDatabase _database;
    private readonly OwnerFile? _owner;
    private readonly long _keptBytes;
    private bool _keeps;

    private WarehouseFile(DuckDbDatabase database, DuckDbConnection connection, OwnerFile? owner, long keptBytes)
    {
        _database = database;
        _owner = owner;
        _keptBytes = keptBytes;
        Connection = connection;
    }

    public DuckDbConnection Connection { get; }

    /// <exception cref="ConfigurationException">The file may not be called so.</exception>
    /// <exception cref="DestinationException">The file cannot be opened.</exception>
    public static WarehouseFile Open(DuckDbDestinationOptions options, TimeProvider clock)
    {
        Check(options);
        var engine = DuckDbDatabase.Open(
            new DuckDbOptions
            {
                MemoryLimitBytes = options.MemoryLimitBytes,
                Threads = options.Threads,
                TempDirectory = options.Path + ".tmp",
                PreserveInsertionOrder = false,
                Settings = new Dictionary<string, string>
                {
                    ["default_block_size"] = BlockSize,
                    ["checkpoint_threshold"] = CheckpointThreshold,
                },
            }
        );
        var connection = engine.Connect();
        OwnerFile? owner = null;
        try
        {
            if (options.ReadOnly)
            {
                OwnerFile.ThrowIfTaken(options.Path);
            }
            else
            {
                owner = OwnerFile.Take(options.Path, options.Owner, clock.GetUtcNow());
            }

            connection.Execute(
                $"""
                ATTACH '{options.Path.Replace("'", "''", StringComparison.Ordinal)}' AS warehouse
                    ({(options.ReadOnly ? "READ_ONLY" : Storage)});
                {Use};
                """
            );
            var kept = Math.Min(MostKeptBytes, (options.MemoryLimitBytes ?? 0) / 4 * 3);
            return new WarehouseFile(engine, connection, owner, kept);
        }
        catch (Exception reason)
        {
            owner?.Dispose();
            connection.Dispose();
            engine.Dispose();
            throw reason is DuckDbException or IOException or UnauthorizedAccessException
                ? DuckDbFailure.Describe(options.Path, reason)
                : reason;
        }
    }

    /// <summary>Another connection to the warehouse; dispose it first.</summary>
    public DuckDbConnection Connect()
    {
        var connection = _database.Connect();
        connection.Execute(Use);
        return connection;
    }

    /// <summary>
    /// Keeps the memory of blocks that are freed for those that are taken next, as a load does all the time: each would
    /// otherwise be given back to the system and asked for again, page by page.
    /// </summary>
    public void KeepBlocks()
    {
        if (!_keeps && _keptBytes > 0)
        {
            Connection.Execute($"SET block_allocator_memory = '{_keptBytes}B'");
            _keeps = true;
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        _database.Dispose();
        _owner?.Dispose();
    }

    private static void Check(DuckDbDestinationOptions options)
    {
        var name = Path.GetFileNameWithoutExtension(options.Path);
        if (AmbiguousNames.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new ConfigurationException($"The warehouse file may not be called \"{name}\".")
            {
                Hint =
                    $"Other programs open it under its name, and DuckDB then finds {name}.events ambiguous: "
                    + "the schemas amplitude, waveguide and analytics are inside. Try warehouse.duckdb.",
            };
        }

        if (Directory.Exists(options.Path))
        {
            throw new DestinationException($"{options.Path} is a folder, not a warehouse file.")
            {
                Hint = $"Name a file in it: duckdb:{Path.Combine(options.Path, "warehouse.duckdb")}",
            };
        }

        if (options.ReadOnly && !File.Exists(options.Path))
        {
            throw new DestinationException($"There is no warehouse {options.Path} yet.")
            {
                Hint = "waveguide sync makes it; or name another with --destination.",
            };
        }
    }
}
