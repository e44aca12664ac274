using System.Net.Http.Headers;
using Azure.Core;
using Azure.Identity;

namespace Waveguide.AzureBlob;

/// <summary>
/// Azure.Identity's default credential: environment, workload identity, managed identity, and the sign-ins of a
/// developer's tools. A token is kept until five minutes before its end.
/// </summary>
internal sealed class EntraCredential(TimeProvider clock) : BlobCredential
{
    private const string Scope = "https://storage.azure.com/.default";
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1);
    private TokenCredential? _source;
    private AccessToken _token;

    public override string WhenNotAllowed =>
        "Give the identity the role Storage Blob Data Contributor on the container; it takes some minutes to work.";

    public override string WhenNotBelieved(DateTimeOffset now) =>
        "The identity is of another tenant or cloud than the account: check AZURE_TENANT_ID and AZURE_AUTHORITY_HOST.";

    public override async ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_token.ExpiresOn <= clock.GetUtcNow() + Margin)
            {
                _source ??= new DefaultAzureCredential();
                _token = await _source.GetTokenAsync(new TokenRequestContext([Scope]), cancellationToken);
            }

            return _token.Token;
        }
        catch (AuthenticationFailedException reason)
        {
            throw new DestinationException(
                $"signing in to Azure failed ({reason.Message.Split('\n')[0].Trim().TrimEnd('.')}).",
                reason
            )
            {
                Hint =
                    "Sign in (az login), or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or a storage credential: "
                    + "AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_SAS_TOKEN or AZURE_STORAGE_KEY.",
            };
        }
        finally
        {
            _one.Release();
        }
    }
}
