using Waveguide.Storage;

namespace Waveguide.Cli.Destinations;

/// <summary><c>file:./lake</c></summary>
internal sealed class FileScheme : LakeScheme
{
    public override string Name => "file";

    public override string Example => "file:./lake";

    public override DestinationPlace Place(DestinationRequest request) =>
        request.Address.Path.Length == 0
        || (
            request.Address.Path.StartsWith("//", StringComparison.Ordinal)
            && !request.Address.Path.StartsWith("///", StringComparison.Ordinal)
        )
            ? throw new ConfigurationException($"the destination \"{request.Address.Text}\" names no folder.")
            {
                Hint = $"Write {Example}, or another path.",
            }
            : base.Place(request);

    protected override IObjectStore OpenStore(DestinationRequest request) =>
        new FolderStore(Path.GetFullPath(request.Address.Path, request.Host.WorkingDirectory), request.Host.Clock);
}
