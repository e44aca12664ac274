using System.Text;
using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

public sealed class NativeAllocatorTests
{
    [Theory]
    [InlineData("arenas.dirty_decay_ms")]
    [InlineData("arenas.muzzy_decay_ms")]
    [InlineData("arena.0.dirty_decay_ms")]
    [InlineData("arena.0.muzzy_decay_ms")]
    public void Memory_that_DuckDB_frees_is_given_back_sooner_than_after_ten_seconds(string setting)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other engines have the allocator of the system.");
        using var database = DuckDbDatabase.Open(new DuckDbOptions());
        // 100, or what a run of the models sets in the whole process; jemalloc's own is 10,000 and 0.
        Assert.InRange(Read(setting), 100, 2_000);
    }

    private static unsafe long Read(string setting)
    {
        nint value = -1;
        var size = (nuint)sizeof(nint);
        fixed (byte* name = Encoding.UTF8.GetBytes(setting + '\0'))
        {
            Assert.Equal(0, NativeMethods.duckdb_je_mallctl(name, &value, &size, null, 0));
        }

        return value;
    }
}
