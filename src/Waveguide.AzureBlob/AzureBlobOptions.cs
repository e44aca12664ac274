using Waveguide.Diagnostics;
using Waveguide.Http;

namespace Waveguide.AzureBlob;

/// <summary>
/// Which container, and how it is opened. The first of connection string, SAS token and account key that is set is
/// used; without any, Azure.Identity's default credential.
/// </summary>
public sealed record AzureBlobOptions
{
    public required string Account { get; init; }

    public required string Container { get; init; }

    /// <summary>What every key begins with in the container, without a slash at its ends; empty by default.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>
    /// The account's blob service where it is not <c>https://ACCOUNT.blob.core.windows.net</c>: a sovereign cloud, a
    /// private host, Azurite. Plain http only on loopback.
    /// </summary>
    public Uri? Endpoint { get; init; }

    public Secret? ConnectionString { get; init; }

    public Secret? SasToken { get; init; }

    public Secret? AccountKey { get; init; }

    /// <summary>Larger objects are uploaded in blocks of so many bytes: 8 MiB by default. Azure takes 50,000 blocks.</summary>
    public int BlockBytes { get; init; } = 8 << 20;

    /// <summary>
    /// Requests at once: 4 by default, each with a block in memory. A request may take 4 minutes until its answer, and a
    /// download stand still for one, before it counts as failed.
    /// </summary>
    public SendOptions Send { get; init; } =
        new()
        {
            BackOff = TimeSpan.FromSeconds(1),
            LongestWait = TimeSpan.FromMinutes(1),
            FirstByte = TimeSpan.FromMinutes(4),
            Stall = TimeSpan.FromMinutes(1),
        };
}
