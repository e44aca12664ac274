namespace Waveguide.Tests.Simulation;

/// <summary>Runs everything on the caller's thread, and draws from a seed what goes on next.</summary>
internal sealed class SeededThread(Random dice) : SynchronizationContext, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>More than any run needs: one that takes them goes round in circles.</summary>
    private const int MostSteps = 100_000;

    private readonly Lock _gate = new();
    private readonly List<Action> _ready = [];
    private readonly SemaphoreSlim _posted = new(0);

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _ready.Add(() => d(state));
        }

        _posted.Release();
    }

    /// <param name="step">Called before each step, with its number.</param>
    /// <returns>The work, which is done.</returns>
    public Task<T> Run<T>(Func<Task<T>> work, Action<int> step)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = work();
            for (var number = 0; !task.IsCompleted; number++)
            {
                Assert.InRange(number, 0, MostSteps);
                step(number);
                if (!task.IsCompleted)
                {
                    Assert.True(_posted.Wait(Patience, CancellationToken.None), "Nothing goes on any more.");
                    Take()();
                }
            }

            return task;
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void Dispose() => _posted.Dispose();

    private Action Take()
    {
        lock (_gate)
        {
            var at = dice.Next(_ready.Count);
            var next = _ready[at];
            _ready.RemoveAt(at);
            return next;
        }
    }
}
