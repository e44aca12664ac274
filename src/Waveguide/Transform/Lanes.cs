using System.Threading.Channels;
using Waveguide.Destinations.DuckDb;

namespace Waveguide.Transform;

/// <summary>
/// Two lanes into one warehouse. Most statements of a run keep one thread busy, or wait for the disk: beside another the
/// second processor works too. What may need all memory has the warehouse to itself.
/// </summary>
internal sealed class Lanes : IDisposable
{
    private const int Count = 2;

    private readonly List<WarehouseLane> _lanes = [];
    private readonly Channel<Warehouse> _free = Channel.CreateUnbounded<Warehouse>();
    private readonly SemaphoreSlim _turn = new(1);

    public Lanes(DuckDbDestination destination)
    {
        while (_lanes.Count < Count)
        {
            _lanes.Add(destination.OpenLane());
            _free.Writer.TryWrite(new Warehouse(_lanes[^1].QueryAsync));
        }
    }

    /// <summary>Does the work as soon as a lane is free, or, alone, as soon as all are; first come, first served.</summary>
    public async Task<T> RunAsync<T>(bool alone, Func<Warehouse, Task<T>> work, CancellationToken cancellationToken)
    {
        var taken = new List<Warehouse>();
        try
        {
            await TakeAsync(alone ? Count : 1, taken, cancellationToken);
            return await work(taken[0]);
        }
        finally
        {
            taken.ForEach(lane => _free.Writer.TryWrite(lane));
        }
    }

    public void Dispose()
    {
        _lanes.ForEach(lane => lane.Dispose());
        _turn.Dispose();
    }

    private async Task TakeAsync(int count, List<Warehouse> taken, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (taken.Count < count)
            {
                taken.Add(await _free.Reader.ReadAsync(cancellationToken));
            }
        }
        finally
        {
            _turn.Release();
        }
    }
}
