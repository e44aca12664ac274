using System.Text;
using Waveguide.Cli.Configuration;
using Waveguide.Destinations.Lake;
using Waveguide.Storage;

namespace Waveguide.Cli.Destinations;

/// <summary>A lake over some store.</summary>
/// <param name="open">Opens the store.</param>
internal sealed class LakePlace(DestinationRequest request, Func<IObjectStore> open) : DestinationPlace
{
    private readonly LakeDestinationOptions _options = Read(request);

    public override string Name => request.Address.Text.Split('?')[0];

    public override async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var store = open();
        return await LakeDestination.ExistsAsync(store, cancellationToken);
    }

    public override Task<IDestination> OpenToWriteAsync(string verb, CancellationToken cancellationToken) =>
        OpenAsync(_options with { Owner = $"waveguide {verb}" }, cancellationToken);

    public override Task<IDestination> OpenToReadAsync(CancellationToken cancellationToken) =>
        OpenAsync(_options with { ReadOnly = true }, cancellationToken);

    public override async Task<string> TryAsync(CancellationToken cancellationToken)
    {
        await using var store = open();
        await using var held = await store.LockAsync("waveguide check", cancellationToken);
        var key = $"_waveguide/check-{Guid.NewGuid():n}";
        await store.PutAsync(key, ObjectContent.Of(Encoding.UTF8.GetBytes("check")), cancellationToken);
        await store.DeleteAsync(key, cancellationToken);
        return $"files as {request.Find(DestinationSettings.Format)}";
    }

    private async Task<IDestination> OpenAsync(LakeDestinationOptions options, CancellationToken cancellationToken) =>
        await LakeDestination.OpenAsync(open(), options, request.Host.Clock, cancellationToken);

    private static LakeDestinationOptions Read(DestinationRequest request)
    {
        var options = new LakeDestinationOptions
        {
            Format = Enum.GetValues<LakeFormat>()
                .Single(format => format.Name() == request.Find(DestinationSettings.Format)),
            KeepArchives = request.Find(DestinationSettings.Archive) == "keep",
            ArchiveDays = request.Find(DestinationSettings.ArchiveDays) is > 0 and var days ? days : null,
            MemoryLimitBytes = request.Settings.MemoryLimitBytes,
            Threads = request.Settings.Threads,
        };
        if (options.KeepArchives && request.Settings.Privacy.HidesAtLanding)
        {
            throw new ConfigurationException(
                "archive: keep stores Amplitude's archives as they came, with all that privacy hides at landing."
            )
            {
                Hint = "Take one of the two out: archives cannot be kept without what is in them.",
            };
        }

        return request.Settings.SpoolFolder is { } folder ? options with { ScratchFolder = folder } : options;
    }
}
