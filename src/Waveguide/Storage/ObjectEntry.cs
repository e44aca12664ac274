namespace Waveguide.Storage;

/// <param name="Key">Below the store's prefix, with <c>/</c> between folders.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct ObjectEntry(string Key, long Length, DateTimeOffset ModifiedAt);
