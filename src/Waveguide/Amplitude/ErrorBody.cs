using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Waveguide.Amplitude;

/// <summary>What the body of an answer that is not an archive says.</summary>
internal static partial class ErrorBody
{
    private const int LongestBody = 64 << 10;
    private const int LongestMessage = 200;

    private static readonly string[] MessageKeys = ["error", "metadata", "details", "message"];

    /// <summary>Reads a body that is expected to be short; of a long one, only the beginning.</summary>
    public static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[LongestBody];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    /// <summary>The message inside a body, or the body itself, as one short line without keys.</summary>
    public static string Message(string body, AmplitudeOptions options)
    {
        var text =
            JsonMessage(body)
            ?? (HtmlTitle().Match(body) is { Success: true } html ? html.Groups["title"].Value : body);
        foreach (var secret in AmplitudeRequest.Secrets(options).Where(secret => secret.Length > 0))
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return PlainText.Of(text, LongestMessage);
    }

    private static string? JsonMessage(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Deepest(json.RootElement);
        }
        catch (Exception reason) when (reason is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is no Unicode.
            return null;
        }
    }

    private static string? Deepest(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Object => MessageKeys
                .Select(key => element.TryGetProperty(key, out var inner) ? Deepest(inner) : null)
                .FirstOrDefault(message => !string.IsNullOrEmpty(message)),
            _ => null,
        };

    [GeneratedRegex("<title>(?<title>[^<]*)</title>", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HtmlTitle();
}
