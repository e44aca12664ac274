using System.Globalization;

namespace Waveguide.DuckDb;

/// <summary>
/// An open database. Thread-safe. A file stays locked until the database and its connections, statements and results
/// are all disposed.
/// </summary>
public sealed class DuckDbDatabase : IDisposable
{
    private readonly DatabaseHandle _handle;
    private readonly CallbackFailures _failures = new();

    private DuckDbDatabase(DatabaseHandle handle) => _handle = handle;

    public static unsafe string LibraryVersion => NativeText.Read(NativeMethods.duckdb_library_version());

    /// <exception cref="DuckDbException">The file is locked, newer than this engine, damaged, or a setting is refused.</exception>
    /// <exception cref="DllNotFoundException">The engine is not installed.</exception>
    public static unsafe DuckDbDatabase Open(DuckDbOptions options)
    {
        NativeAllocator.ReturnMemorySoon();
        _ = NativeMethods.duckdb_create_config(out nint config);
        try
        {
            foreach ((string name, string value) in SettingsOf(options))
            {
                SetConfig(config, name, value);
            }
            fixed (byte* path = NativeText.Terminated(options.Path ?? ":memory:"))
            {
                DuckDbState state = NativeMethods.duckdb_open_ext(path, out nint database, config, out byte* error);
                return state == DuckDbState.Success
                    ? new DuckDbDatabase(new DatabaseHandle(database))
                    : throw new DuckDbException(NativeText.Take(error));
            }
        }
        finally
        {
            NativeMethods.duckdb_destroy_config(ref config);
        }
    }

    public DuckDbConnection Connect()
    {
        DuckDbState state = NativeMethods.duckdb_connect(_handle, out nint connection);
        return state == DuckDbState.Success
            ? new DuckDbConnection(new ConnectionHandle(connection), _failures)
            : throw new DuckDbException("DuckDB gave no connection.");
    }

    public void Dispose() => _handle.Dispose();

    private static unsafe void SetConfig(nint config, string name, string value)
    {
        fixed (byte* nameText = NativeText.Terminated(name))
        fixed (byte* valueText = NativeText.Terminated(value))
        {
            if (NativeMethods.duckdb_set_config(config, nameText, valueText) != DuckDbState.Success)
            {
                throw new DuckDbException($"DuckDB refuses the setting {name} = '{value}'.");
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> SettingsOf(DuckDbOptions options)
    {
        if (options.ReadOnly)
        {
            yield return ("access_mode", "READ_ONLY");
        }
        if (options.Threads is { } threads)
        {
            yield return ("threads", threads.ToString(CultureInfo.InvariantCulture));
        }
        if (options.MemoryLimitBytes is { } bytes)
        {
            yield return ("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{bytes}B"));
        }
        if (options.TempDirectory is { } directory)
        {
            yield return ("temp_directory", directory);
        }
        yield return ("preserve_insertion_order", options.PreserveInsertionOrder ? "true" : "false");
        foreach ((string name, string value) in options.Settings)
        {
            yield return (name, value);
        }
    }
}
