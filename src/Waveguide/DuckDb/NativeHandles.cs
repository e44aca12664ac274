using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

internal sealed class DatabaseHandle : NativeHandle
{
    internal DatabaseHandle(nint database) => SetHandle(database);

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_close(ref handle);
        return true;
    }
}

internal sealed class ConnectionHandle : NativeHandle
{
    internal ConnectionHandle(nint connection) => SetHandle(connection);

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_disconnect(ref handle);
        return true;
    }
}

internal sealed class StatementHandle : NativeHandle
{
    internal StatementHandle(nint statement) => SetHandle(statement);

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_prepare(ref handle);
        return true;
    }
}

internal sealed class PendingHandle : NativeHandle
{
    internal PendingHandle(nint pending) => SetHandle(pending);

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_pending(ref handle);
        return true;
    }
}

/// <summary>Owns the memory of a <c>duckdb_result</c> and what it points to.</summary>
internal sealed unsafe class ResultHandle : NativeHandle
{
    public ResultHandle() => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(ResultStruct)));

    internal ResultStruct* Pointer => (ResultStruct*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_result(Pointer);
        NativeMemory.Free(Pointer);
        return true;
    }
}

internal sealed class ChunkHandle : NativeHandle
{
    internal ChunkHandle(nint chunk) => SetHandle(chunk);

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_data_chunk(ref handle);
        return true;
    }
}

internal abstract class NativeHandle() : SafeHandle(0, ownsHandle: true)
{
    public sealed override bool IsInvalid => handle == 0;
}
