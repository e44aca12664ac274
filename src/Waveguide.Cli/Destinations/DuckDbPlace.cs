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
        Task.FromResult<IDestination>(OpenToWrite(verb, request.Settings.MemoryLimitBytes));

    public override Task<IDestination> OpenToReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IDestination>(Open(new DuckDbDestinationOptions { Path = _path, ReadOnly = true }));

    /// <summary>With the memory that models may use.</summary>
    /// <inheritdoc cref="OpenToWriteAsync"/>
    public DuckDbDestination OpenToTransform(string verb) => OpenToWrite(verb, request.Settings.TransformMemoryBytes);

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

    private DuckDbDestination OpenToWrite(string verb, long memory) =>
        Open(
            new DuckDbDestinationOptions
            {
                Path = _path,
                MemoryLimitBytes = memory,
                Owner = $"waveguide {verb}",
            }
        );

    private DuckDbDestination Open(DuckDbDestinationOptions options) =>
        DuckDbDestination.Open(options with { Threads = request.Settings.Threads }, request.Host.Clock);
}
