using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Waveguide.Diagnostics;

namespace Waveguide.AzureBlob;

/// <summary>The account's key, by which every request is signed (Authorize with Shared Key).</summary>
internal sealed class SharedKeyCredential : BlobCredential
{
    private readonly string _account;
    private readonly byte[] _key;

    /// <exception cref="ConfigurationException">It is no key.</exception>
    public SharedKeyCredential(string account, Secret key)
    {
        _account = account;
        try
        {
            _key = Convert.FromBase64String(key.Reveal());
        }
        catch (FormatException)
        {
            throw new ConfigurationException($"the key of the Azure account \"{account}\" is not Base64.")
            {
                Hint = "Copy key1 or key2 whole from the account's page Access keys into AZURE_STORAGE_KEY.",
            };
        }
    }

    public override string WhenNotAllowed =>
        "The account may refuse keys or this network: see its pages Configuration and Networking.";

    public override string WhenNotBelieved(DateTimeOffset now) =>
        $"The key is not one of the account \"{_account}\": copy key1 or key2 from its page Access keys.";

    public override ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var signature = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(StringToSign(_account, request)));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "SharedKey",
            $"{_account}:{Convert.ToBase64String(signature)}"
        );
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// The method, eleven standard headers, the headers of Azure, and the resource. A length of zero is left empty, and
    /// so is the date, which goes in <c>x-ms-date</c>; ranges go in <c>x-ms-range</c>.
    /// </summary>
    internal static string StringToSign(string account, HttpRequestMessage request)
    {
        var content = request.Content?.Headers;
        string?[] lines =
        [
            request.Method.Method,
            null, // Content-Encoding
            null, // Content-Language
            content?.ContentLength is > 0 and var length ? $"{length}" : null,
            content?.ContentMD5 is { } md5 ? Convert.ToBase64String(md5) : null,
            content?.ContentType?.ToString(),
            null, // Date
            null, // If-Modified-Since
            Header(request, "If-Match"),
            Header(request, "If-None-Match"),
            null, // If-Unmodified-Since
            null, // Range
        ];
        return $"{string.Join('\n', lines)}\n{HeadersOfAzure(request)}/{account}{request.RequestUri!.AbsolutePath}{Parameters(request.RequestUri)}";
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private static string HeadersOfAzure(HttpRequestMessage request) =>
        string.Concat(
            request
                .Headers.Select(header => (Name: header.Key.ToLowerInvariant(), header.Value))
                .Where(header => header.Name.StartsWith("x-ms-", StringComparison.Ordinal))
                .OrderBy(header => header.Name, StringComparer.Ordinal)
                .Select(header => $"{header.Name}:{string.Join(',', header.Value)}\n")
        );

    private static string Parameters(Uri target) =>
        string.Concat(
            target
                .Query.TrimStart('?')
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Select(pair => (Name: Decode(pair[0]).ToLowerInvariant(), Value: Decode(pair.ElementAtOrDefault(1))))
                .OrderBy(pair => pair.Name, StringComparer.Ordinal)
                .Select(pair => $"\n{pair.Name}:{pair.Value}")
        );

    private static string Decode(string? text) => Uri.UnescapeDataString(text ?? string.Empty);
}
