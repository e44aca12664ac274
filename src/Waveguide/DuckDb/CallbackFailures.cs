using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Waveguide.DuckDb;

/// <summary>
/// What table functions threw, by the connection that ran them: an exception may not cross native frames, so it waits
/// here until the call that caused it returns. Thread-safe.
/// </summary>
internal sealed class CallbackFailures
{
    /// <summary>Held while a function is registered, so that a name is not taken between the check and the act.</summary>
    internal Lock Registering { get; } = new();

    private readonly ConcurrentDictionary<ulong, ExceptionDispatchInfo> _byConnection = new();

    /// <summary>Keeps the first failure of a statement; the others follow from it or say the same.</summary>
    internal void Add(ulong connection, Exception exception) =>
        _byConnection.TryAdd(connection, ExceptionDispatchInfo.Capture(exception));

    internal ExceptionDispatchInfo? Take(ulong connection) =>
        _byConnection.TryRemove(connection, out ExceptionDispatchInfo? failure) ? failure : null;
}
