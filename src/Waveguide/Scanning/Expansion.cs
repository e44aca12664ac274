namespace Waveguide.Scanning;

/// <summary>How much larger than it is a file of somebody else may become.</summary>
internal static class Expansion
{
    /// <summary>What is larger than this when expanded may not be more than <see cref="Most"/> times its size.</summary>
    private const long Small = 64 << 20;

    /// <summary>Real parts expand about twelve times.</summary>
    private const long Most = 200;

    /// <exception cref="InvalidDataException">It is too much.</exception>
    public static void ThrowIfBomb(long expanded, long packed)
    {
        if (expanded > Small && expanded / Most > packed)
        {
            throw new InvalidDataException($"it expands more than {Most} times");
        }
    }
}
