using System.Collections;

namespace Waveguide.Tests;

/// <summary>Users of a simulated project; tells how often one was looked for.</summary>
internal sealed class WatchedUsers(string[] users, Action<int> asked) : IReadOnlyCollection<string>
{
    private int _asked;

    public int Count => users.Length;

    public IEnumerator<string> GetEnumerator()
    {
        asked(Interlocked.Increment(ref _asked));
        return users.AsEnumerable().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
