using Waveguide.AzureBlob;
using Waveguide.LiveTests.Lake;

namespace Waveguide.LiveTests.Azure;

/// <summary>A run into a container of its own.</summary>
internal sealed class AzureRun : LakeRun
{
    private readonly Azurite _azurite;
    private readonly AzureBlobOptions _container;
    private readonly Uri _at;

    private AzureRun(ServedProgram program, Azurite azurite, AzureBlobOptions container, Uri at)
        : base(program)
    {
        _azurite = azurite;
        _container = container;
        _at = at;
    }

    protected override string Destination =>
        $"azure://{Azurite.Account}/{_container.Container}/lake?endpoint={new Uri(_at, _container.Endpoint!.AbsolutePath)}";

    /// <param name="at">Where the service is reached.</param>
    public static async Task<AzureRun> StartAsync(Azurite azurite, Uri at)
    {
        var program = await StartProgramAsync();
        program.Set("AZURE_STORAGE_KEY", azurite.Key);
        return new AzureRun(program, azurite, await azurite.ContainerAsync(), at);
    }

    public override async Task<IReadOnlyList<string>> KeysAsync()
    {
        await using var store = Azurite.Open(_container with { Prefix = "lake" });
        return await store.ListAsync("", default).Select(entry => entry.Key).ToListAsync();
    }

    public override Task<IReadOnlyList<string>> HalfWrittenAsync() => _azurite.UncommittedAsync(_container);

    public override async Task OutliveLeaseAsync()
    {
        (string, string)[] headers = [("x-ms-lease-action", "break"), ("x-ms-lease-break-period", "0")];
        var target = $"{_container.Container}/lake/.waveguide/lock?comp=lease";
        using var answer = await _azurite.AskAsync(HttpMethod.Put, target, headers);
    }
}
