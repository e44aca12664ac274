using System.Security.Cryptography;
using System.Text;

namespace Waveguide.LiveTests.Azure;

/// <summary>Shared access signatures as an account's owner makes them (Create an account SAS, Create a service SAS).</summary>
internal static class Sas
{
    private const string Version = "2018-11-09";

    public static string OfAccount(string key, string permissions, DateTimeOffset end)
    {
        string[] lines = [Azurite.Account, permissions, "b", "co", "", Time(end), "", "", Version, ""];
        return $"ss=b&srt=co&{Rest(key, permissions, end, lines)}";
    }

    public static string OfContainer(string key, string container, string permissions, DateTimeOffset end)
    {
        string[] lines =
        [
            permissions,
            "",
            Time(end),
            $"/blob/{Azurite.Account}/{container}",
            "",
            "",
            "",
            Version,
            "c",
            .. Enumerable.Repeat("", 6),
        ];
        return $"sr=c&{Rest(key, permissions, end, lines)}";
    }

    private static string Rest(string key, string permissions, DateTimeOffset end, string[] lines)
    {
        var signature = HMACSHA256.HashData(
            Convert.FromBase64String(key),
            Encoding.UTF8.GetBytes(string.Join('\n', lines))
        );
        return $"sv={Version}&sp={permissions}&se={Uri.EscapeDataString(Time(end))}&sig={Uri.EscapeDataString(Convert.ToBase64String(signature))}";
    }

    private static string Time(DateTimeOffset end) => $"{end:yyyy-MM-ddTHH:mm:ssZ}";
}
