using Waveguide.Diagnostics;

namespace Waveguide.AzureBlob;

/// <summary>
/// What a connection string says (Configure Azure Storage connection strings): <c>name=value</c> pairs between
/// semicolons.
/// </summary>
internal sealed record ConnectionString(string? Account, Uri? Endpoint, Secret? AccountKey, Secret? SasToken)
{
    /// <exception cref="ConfigurationException">It is none, or opens nothing.</exception>
    public static ConnectionString Parse(Secret secret)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var pair in secret
                .Reveal()
                .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw Unusable("has a part that is not name=value");
            }

            values[pair[..equals]] = pair[(equals + 1)..];
        }

        var account = values.GetValueOrDefault("AccountName");
        var key = values.GetValueOrDefault("AccountKey");
        var token = values.GetValueOrDefault("SharedAccessSignature");
        return key is null && token is null
            ? throw Unusable("holds neither AccountKey nor SharedAccessSignature")
            : new ConnectionString(account, EndpointOf(values, account), Wrap(key), Wrap(token));
    }

    private static Uri? EndpointOf(Dictionary<string, string> values, string? account)
    {
        if (values.GetValueOrDefault("BlobEndpoint") is { } named)
        {
            return Uri.TryCreate(named, UriKind.Absolute, out var endpoint)
                ? endpoint
                : throw Unusable("has a BlobEndpoint that is no address");
        }

        return account is not null && values.GetValueOrDefault("EndpointSuffix") is { } suffix
            ? new Uri($"{values.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{account}.blob.{suffix}")
            : null;
    }

    private static Secret? Wrap(string? value) => value is null ? null : new Secret(value);

    private static ConfigurationException Unusable(string why) =>
        new($"the connection string of the Azure account {why}.")
        {
            Hint =
                "Copy it whole from the account's page Access keys, or use a key (AZURE_STORAGE_KEY) or a SAS token (AZURE_STORAGE_SAS_TOKEN).",
        };
}
