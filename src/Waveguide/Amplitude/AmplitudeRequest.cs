using System.Net.Http.Headers;
using System.Text;
using Waveguide.Diagnostics;

namespace Waveguide.Amplitude;

/// <summary>Requests with the project's credentials. An address that has a path of its own keeps it.</summary>
internal static class AmplitudeRequest
{
    /// <summary>A GET with HTTP Basic: the API key as user, the secret key as password (Export API, "Authorization").</summary>
    public static HttpRequestMessage Rest(AmplitudeOptions options, string pathAndQuery) =>
        Get(options.RestHost, pathAndQuery, new AuthenticationHeaderValue("Basic", Basic(options)));

    /// <summary>A GET with one key in the User Profile API's own scheme (User Profile API, "Authorization").</summary>
    public static HttpRequestMessage Profile(Uri host, Secret key, string pathAndQuery) =>
        Get(host, pathAndQuery, new AuthenticationHeaderValue("Api-Key", key.Reveal()));

    /// <summary>What must not be repeated from an answer that quotes its request.</summary>
    public static IReadOnlyList<string> Secrets(AmplitudeOptions options) =>
        [Basic(options), options.SecretKey.Reveal(), options.ApiKey.Reveal()];

    private static string Basic(AmplitudeOptions options) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ApiKey.Reveal()}:{options.SecretKey.Reveal()}"));

    private static HttpRequestMessage Get(Uri host, string pathAndQuery, AuthenticationHeaderValue authorization)
    {
        var address = new Uri(host.GetLeftPart(UriPartial.Path).TrimEnd('/') + pathAndQuery);
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = authorization;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("waveguide", ToolVersion.Text));
        return request;
    }
}
