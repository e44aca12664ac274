using System.Diagnostics;
using System.Runtime.InteropServices;
using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

public sealed class DatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waveguide-duckdb-").FullName;

    private string File => Path.Combine(_folder, "test.duckdb");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Options_are_in_force()
    {
        var options = new DuckDbOptions
        {
            Threads = 3,
            MemoryLimitBytes = 256L << 20,
            TempDirectory = _folder,
            PreserveInsertionOrder = false,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["default_null_order"] = "nulls_first",
            },
        };
        using DuckDbDatabase database = DuckDbDatabase.Open(options);
        using DuckDbConnection connection = database.Connect();
        Assert.Equal(3L, connection.Scalar("select current_setting('threads')"));
        Assert.Equal("256.0 MiB", connection.Scalar("select current_setting('memory_limit')"));
        Assert.Equal(_folder, connection.Scalar("select current_setting('temp_directory')"));
        Assert.Equal(false, connection.Scalar("select current_setting('preserve_insertion_order')"));
        Assert.Equal("NULLS_FIRST", connection.Scalar("select upper(current_setting('default_null_order'))"));
    }

    [Fact]
    public void A_setting_that_does_not_exist_is_named()
    {
        var options = new DuckDbOptions
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["no_such_setting"] = "1" },
        };
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(options));
        Assert.Contains("no_such_setting", error.Message);
    }

    [Fact]
    public void More_memory_than_the_limit_is_an_error_with_its_type()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(
            new DuckDbOptions { MemoryLimitBytes = 20_000_000, TempDirectory = "" }
        );
        using DuckDbConnection connection = database.Connect();
        var error = Assert.Throws<DuckDbException>(() =>
            connection.Execute("create table t as select repeat('x', 1000) || range from range(1000000)")
        );
        Assert.Equal("Out of Memory", error.ErrorType);
    }

    [Fact]
    public void What_is_written_is_there_when_the_file_is_opened_again()
    {
        Write();
        using DuckDbDatabase database = DuckDbDatabase.Open(new DuckDbOptions { Path = File, ReadOnly = true });
        using DuckDbConnection connection = database.Connect();
        Assert.Equal(42, connection.Scalar("select i from t"));
        var error = Assert.Throws<DuckDbException>(() => connection.Execute("insert into t values (1)"));
        Assert.Contains("read-only", error.Message);
    }

    [Fact]
    public void A_damaged_file_is_refused_in_DuckDBs_words()
    {
        System.IO.File.WriteAllBytes(File, new byte[20_000]);
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(new DuckDbOptions { Path = File }));
        Assert.Contains("not a valid DuckDB database file", error.Message);
    }

    [Fact]
    public void A_file_of_a_newer_engine_is_refused_in_DuckDBs_words()
    {
        Write();
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        SetStorageVersion(bytes, 250);
        System.IO.File.WriteAllBytes(File, bytes);
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(new DuckDbOptions { Path = File }));
        Assert.Contains("version number 250, but we can only read version", error.Message);
    }

    [Fact]
    public async Task A_file_locked_by_another_process_is_refused_in_DuckDBs_words()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The lock is taken by Python's fcntl.");
        Write();
        const string Lock =
            "import fcntl,sys; f=open(sys.argv[1],'r+'); fcntl.lockf(f, fcntl.LOCK_EX); print('locked', flush=True); sys.stdin.read()";
        var start = new ProcessStartInfo("python3", ["-c", Lock, File])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process other = Process.Start(start)!;
        Assert.Equal("locked", await other.StandardOutput.ReadLineAsync());
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(new DuckDbOptions { Path = File }));
        Assert.Contains("Could not set lock on file", error.Message);
        Assert.Equal("IO", error.ErrorType);
        other.StandardInput.Close();
        await other.WaitForExitAsync();
        using DuckDbDatabase database = DuckDbDatabase.Open(new DuckDbOptions { Path = File });
    }

    [Fact]
    public void Disposing_everything_unlocks_the_file()
    {
        for (int round = 0; round < 3; round++)
        {
            Write();
            System.IO.File.Delete(File);
        }
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void The_engine_is_the_pinned_one()
    {
        Assert.Equal("v1.5.6", DuckDbDatabase.LibraryVersion);
    }

    [Fact]
    public void The_engine_is_looked_for_under_the_runtime_identifier_first()
    {
        string first = NativeLibraryResolver.Candidates("/base")[0];
        Assert.StartsWith(Path.Combine("/base", "runtimes"), first);
        Assert.Contains("duckdb", Path.GetFileName(first));
    }

    /// <summary>The header is a checksum of 8 bytes, which is the exclusive or of all words times a constant, then "DUCK", then the version.</summary>
    private static void SetStorageVersion(Span<byte> file, byte version)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(file);
        ulong before = words[1];
        file[12] = version;
        words[0] ^= unchecked((before * 0xbf58476d1ce4e5b9) ^ (words[1] * 0xbf58476d1ce4e5b9));
    }

    private void Write()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(new DuckDbOptions { Path = File });
        using DuckDbConnection connection = database.Connect();
        connection.Execute("create table t as select 42 as i");
    }
}
