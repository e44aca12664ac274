using System.Collections;

namespace Waveguide.Tests.Destinations;

/// <summary>Parts that call somebody when one of them is looked at for the n-th time; the first is 1.</summary>
internal sealed class WatchedParts(IReadOnlyList<FetchedPart> parts, int at, Action call) : IReadOnlyList<FetchedPart>
{
    private int _looks;

    public int Count => parts.Count;

    public FetchedPart this[int index]
    {
        get
        {
            if (Interlocked.Increment(ref _looks) == at)
            {
                call();
            }

            return parts[index];
        }
    }

    public IEnumerator<FetchedPart> GetEnumerator() =>
        Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
