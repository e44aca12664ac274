using Waveguide.Cli.Output;
using Waveguide.Destinations.DuckDb;

namespace Waveguide.Cli.Destinations;

/// <summary>A warehouse file.</summary>
internal sealed class DuckDbPlace(DestinationRequest request) : DestinationPlace
{
    private readonly string _path = Path.GetFullPath(request.Address.Path, request.Host.WorkingDirectory);

    public override string Name => Path.GetFileName(_path);

    public override Task<bool> ExistsAsync(CancellationToken cancellationToken) => Task.FromResult(File.Exists(_path));

    public override Task<IDestination> OpenToWriteAsync(string verb, CancellationToken cancellationToken) =>
        Open(
            new DuckDbDestinationOptions
            {
                Path = _path,
                MemoryLimitBytes = request.Settings.MemoryLimitBytes,
                Owner = $"waveguide {verb}",
            }
        );

    public override Task<IDestination> OpenToReadAsync(CancellationToken cancellationToken) =>
        Open(new DuckDbDestinationOptions { Path = _path, ReadOnly = true });

    public override async Task<string> TryAsync(CancellationToken cancellationToken)
    {
        var existed = File.Exists(_path);
        await using (await OpenToWriteAsync("check", cancellationToken)) { }
        if (!existed)
        {
            File.Delete(_path);
        }

        return Figures.Free(Path.GetDirectoryName(_path)!);
    }

    private Task<IDestination> Open(DuckDbDestinationOptions options) =>
        Task.FromResult<IDestination>(
            DuckDbDestination.Open(options with { Threads = request.Settings.Threads }, request.Host.Clock)
        );
}
