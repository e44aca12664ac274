using Waveguide.Simulator;

namespace Waveguide.Tests.Transform;

/// <summary>Half a real day, landed and built once for all tests of it.</summary>
public sealed class HalfDay : IAsyncLifetime
{
    internal const string Archive = "real-export-2025-07-09T00-T11.zip";

    private readonly TemporaryFolder _folder = new();
    private Rig? _rig;

    internal Star Star { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Samples.FindOrNull(Archive) is not { } archive)
        {
            return;
        }

        Directory.CreateDirectory(_folder.At("archives"));
        File.Copy(archive, _folder.At("archives/half-day.zip"));
        _rig = await Rig.StartAsync(new ArchiveFolder(_folder.At("archives")), "2025-07-11T00:00:00");
        await _rig.SyncAsync("2025-07-09T00", "2025-07-09T12");
        Star = new Star(_rig.WarehousePath);
        await Star.BuildAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_rig is not null)
        {
            await _rig.DisposeAsync();
        }

        _folder.Dispose();
    }
}
