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
    public void Memory_that_DuckDB_frees_goes_back_to_the_system_as_soon_as_it_was_told_to(string setting)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other engines have the allocator of the system.");
        using var database = DuckDbDatabase.Open(new DuckDbOptions());
        // The second is what a run of the models sets in the whole process; DuckDB's own is 1,000.
        Assert.Contains(Read(setting), new HashSet<long> { 100, 2_000 });
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
