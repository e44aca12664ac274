namespace Waveguide.Http;

/// <summary>One question to a service.</summary>
/// <param name="Name">What it is for, at the beginning of every message about it.</param>
/// <param name="Request">Makes the request; called for each attempt.</param>
/// <param name="Read">
/// Reads an answer, or throws a <see cref="SourceException"/> that says what is wrong with it. Told the limit, which it
/// restarts with every piece of the answer that arrives.
/// </param>
internal sealed record Exchange<T>(
    string Name,
    Func<HttpRequestMessage> Request,
    Func<HttpResponseMessage, IdleLimit, CancellationToken, Task<T>> Read
)
{
    /// <summary>Waits before each attempt until it may begin; what is returned is disposed when it has ended.</summary>
    public Func<CancellationToken, Task<IDisposable>>? Enter { get; init; }

    /// <summary>Whether a time-out is tried again too; false when the question can be narrowed instead.</summary>
    public bool RetryWhenTooSlow { get; init; } = true;

    /// <summary>Whether the message of a failure says by itself how often it happened; none does by default.</summary>
    public Func<SourceException, bool> Counts { get; init; } = _ => false;

    public bool IsWorthRetrying(SourceException failure) =>
        failure.IsTransient && (RetryWhenTooSlow || failure.Failure != SourceFailure.TooSlow);
}
