using System.Net.Http.Headers;
using System.Text;

namespace Waveguide.Amplitude;

/// <summary>Requests with the project's credentials.</summary>
internal static class AmplitudeRequest
{
    /// <summary>A GET with HTTP Basic: the API key as user, the secret key as password (Export API, "Authorization").</summary>
    public static HttpRequestMessage Rest(AmplitudeOptions options, string pathAndQuery)
    {
        var keys = $"{options.ApiKey.Reveal()}:{options.SecretKey.Reveal()}";
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.RestHost, pathAndQuery));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(keys))
        );
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("waveguide", ToolVersion.Text));
        return request;
    }

    /// <summary>A GET with the secret key in the User Profile API's own scheme (User Profile API, "Authorization").</summary>
    public static HttpRequestMessage Profile(AmplitudeOptions options, Uri host, string pathAndQuery)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host, pathAndQuery));
        request.Headers.Authorization = new AuthenticationHeaderValue("Api-Key", options.SecretKey.Reveal());
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("waveguide", ToolVersion.Text));
        return request;
    }
}
