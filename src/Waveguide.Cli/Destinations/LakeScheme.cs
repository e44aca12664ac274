using Waveguide.Cli.Configuration;
using Waveguide.Storage;

namespace Waveguide.Cli.Destinations;

/// <summary>Files over some store: what all lakes share.</summary>
internal abstract class LakeScheme : DestinationScheme
{
    public sealed override IReadOnlyList<Setting> Options =>
        [DestinationSettings.Format, DestinationSettings.Archive, DestinationSettings.ArchiveDays, .. StoreOptions];

    /// <summary>The options that are the store's own.</summary>
    protected virtual IReadOnlyList<Setting> StoreOptions => [];

    public override DestinationPlace Place(DestinationRequest request) =>
        new LakePlace(request, () => OpenStore(request));

    /// <summary>The store by itself.</summary>
    /// <exception cref="ConfigurationException">The address or an option cannot be used.</exception>
    public IObjectStore Store(DestinationRequest request) => OpenStore(request);

    /// <inheritdoc cref="Store"/>
    protected abstract IObjectStore OpenStore(DestinationRequest request);
}
