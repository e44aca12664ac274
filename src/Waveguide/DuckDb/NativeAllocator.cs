namespace Waveguide.DuckDb;

/// <summary>jemalloc, which DuckDB's engine for Linux has inside; the engines for other systems use the system's allocator.</summary>
internal static unsafe class NativeAllocator
{
    /// <summary>
    /// Memory that DuckDB frees goes back to the system after a tenth of a second. jemalloc would wait for ten, in which
    /// the blocks of a load or a checkpoint, of many sizes, leave twice behind what DuckDB's memory limit allows.
    /// </summary>
    private const nint SoonMilliseconds = 100;

    /// <summary>Of many statements, each takes the memory of the one before again; to fetch it anew is a tenth of their work.</summary>
    private const nint LaterMilliseconds = 2_000;

    internal static void ReturnMemorySoon() => ReturnMemoryAfter(SoonMilliseconds);

    internal static void ReturnMemoryLater() => ReturnMemoryAfter(LaterMilliseconds);

    /// <summary>In the whole process, from now on.</summary>
    private static void ReturnMemoryAfter(nint milliseconds)
    {
        try
        {
            // For arenas that are made later, and, by jemalloc's number for all, for those that are there.
            foreach (string arenas in new[] { "arenas", "arena.4096" })
            {
                Set($"{arenas}.dirty_decay_ms", milliseconds);
                Set($"{arenas}.muzzy_decay_ms", milliseconds);
            }
        }
        catch (EntryPointNotFoundException)
        {
            // This engine has another allocator, with habits of its own.
        }
    }

    private static void Set(string name, nint value)
    {
        fixed (byte* text = NativeText.Terminated(name))
        {
            _ = NativeMethods.duckdb_je_mallctl(text, null, null, &value, (nuint)sizeof(nint));
        }
    }
}
