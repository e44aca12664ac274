namespace Waveguide.AzureBlob;

/// <summary>Where objects are: as people write it, and as HTTP wants it.</summary>
internal sealed class BlobPlace
{
    private readonly string _container;
    private readonly string _prefix;

    /// <param name="endpoint">The account's blob service; null: Azure's own for this account.</param>
    /// <exception cref="ConfigurationException">The endpoint cannot be used.</exception>
    public BlobPlace(AzureBlobOptions options, Uri? endpoint)
    {
        Account = options.Account;
        Container = options.Container;
        _container = $"{Service(endpoint).TrimEnd('/')}/{Container}";
        _prefix = options.Prefix.Length == 0 ? string.Empty : $"{options.Prefix}/";
        Text = $"azure://{Account}/{Container}/{_prefix}".TrimEnd('/');
    }

    public string Account { get; }

    public string Container { get; }

    /// <summary>Such as <c>azure://account/container/prefix</c>.</summary>
    public string Text { get; }

    public string TextOf(string key) => $"{Text}/{key}";

    /// <exception cref="ArgumentException">The key has a part that a path would not keep.</exception>
    public Uri Of(string key, string query = "")
    {
        var parts = (_prefix + key).Split('/');
        return parts.Any(part => part is "." or "..")
            ? throw new ArgumentException($"{key} is no key: . and .. are no names.", nameof(key))
            : new Uri($"{_container}/{string.Join('/', parts.Select(Uri.EscapeDataString))}{query}");
    }

    /// <param name="marker">Where the page begins; empty for the first.</param>
    public Uri PageOf(string prefix, string marker) =>
        new(
            $"{_container}?restype=container&comp=list&include=metadata&prefix={Uri.EscapeDataString(_prefix + prefix)}"
                + (marker.Length == 0 ? string.Empty : $"&marker={Uri.EscapeDataString(marker)}")
        );

    /// <returns>The key of a blob's name, which begins with the prefix.</returns>
    public string KeyOf(string name) => name[_prefix.Length..];

    private string Service(Uri? endpoint)
    {
        if (endpoint is null)
        {
            return $"https://{Account}.blob.core.windows.net";
        }

        if (endpoint.Scheme != Uri.UriSchemeHttps && !(endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback))
        {
            throw new ConfigurationException($"the endpoint {endpoint.GetLeftPart(UriPartial.Path)} is not https.")
            {
                Hint = "Write https://; plain http is for Azurite on this machine only.",
            };
        }

        var service = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var isBare = endpoint.AbsolutePath == "/";
        return isBare && (endpoint.IsLoopback || endpoint.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
            ? $"{service}/{Account}"
            : service;
    }
}
