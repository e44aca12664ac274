namespace Waveguide.Storage;

/// <summary>
/// Objects under keys: a folder, a bucket or a container, from a prefix on. An object is there whole or not at all.
/// Safe for concurrent use. Every failure is a <see cref="DestinationException"/> that names what was tried, what was
/// answered and what to change.
/// </summary>
public interface IObjectStore : IAsyncDisposable
{
    /// <summary>Where it is, as a person writes it, such as <c>s3://bucket/prefix</c>; never with a secret.</summary>
    string Address { get; }

    /// <summary>Makes the object, or puts it in place of the one under this key.</summary>
    Task PutAsync(string key, ObjectContent content, CancellationToken cancellationToken);

    /// <returns>The object's bytes from its beginning; null if there is none under this key.</returns>
    Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>Every object whose key begins so, in the order of keys by their UTF-8 bytes.</summary>
    IAsyncEnumerable<ObjectEntry> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes the object; one that is not there is no failure.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the store's only writing place, until what is returned is disposed. One that a dead process held becomes
    /// free by itself: at once on a disk, within a minute elsewhere.
    /// </summary>
    /// <param name="owner">Who writes, as the others are told.</param>
    /// <exception cref="DestinationException">Somebody else holds it; the message tells who, and since when.</exception>
    Task<IAsyncDisposable> LockAsync(string owner, CancellationToken cancellationToken);
}
