namespace Waveguide.AzureBlob;

/// <summary>What opens the account.</summary>
internal abstract class BlobCredential : IDisposable
{
    /// <summary>Signs a request that is otherwise complete.</summary>
    public abstract ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>What to change when the service does not believe it.</summary>
    public abstract string WhenNotBelieved(DateTimeOffset now);

    /// <summary>What to change when the service believes it, and allows it too little.</summary>
    public abstract string WhenNotAllowed { get; }

    public virtual void Dispose() { }
}
