namespace Waveguide.DuckDb;

/// <summary>jemalloc, which DuckDB's engine for Linux has inside; the engines for other systems use the system's allocator.</summary>
internal static unsafe class NativeAllocator
{
    /// <summary>
    /// Memory that DuckDB frees goes back to the system after a tenth of a second. DuckDB would wait for one, in which the
    /// blocks of a load or a checkpoint, of many sizes, leave twice behind what its memory limit allows.
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
            SetDecay("arenas", milliseconds);
            // That is for arenas made later. Of these, some are there already; the others refuse it.
            var count = ArenaCount();
            for (var arena = 0u; arena < count; arena++)
            {
                SetDecay($"arena.{arena}", milliseconds);
            }
        }
        catch (EntryPointNotFoundException)
        {
            // This engine has another allocator, with habits of its own.
        }
    }

    private static void SetDecay(string arenas, nint milliseconds)
    {
        Set($"{arenas}.dirty_decay_ms", milliseconds);
        Set($"{arenas}.muzzy_decay_ms", milliseconds);
    }

    private static uint ArenaCount()
    {
        uint count = 0;
        var size = (nuint)sizeof(uint);
        fixed (byte* text = NativeText.Terminated("arenas.narenas"))
        {
            _ = NativeMethods.duckdb_je_mallctl(text, &count, &size, null, 0);
        }

        return count;
    }

    private static void Set(string name, nint value)
    {
        fixed (byte* text = NativeText.Terminated(name))
        {
            _ = NativeMethods.duckdb_je_mallctl(text, null, null, &value, (nuint)sizeof(nint));
        }
    }
}
