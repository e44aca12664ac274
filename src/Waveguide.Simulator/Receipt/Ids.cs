using System.Security.Cryptography;
using System.Text;

namespace Waveguide.Simulator.Receipt;

/// <summary>Which ids count (HTTP V2 API, "Device IDs and User IDs minimum length" and "Invalid IDs").</summary>
internal static class Ids
{
    public const int LeastLength = 5;

    private static readonly HashSet<string> Disallowed = new(StringComparer.OrdinalIgnoreCase)
    {
        "anonymous",
        "nil",
        "none",
        "null",
        "n/a",
        "na",
        "undefined",
        "unknown",
        "",
        "00000000-0000-0000-0000-000000000000",
        "{}",
        "lmy47d",
        "0",
        "-1",
    };

    public static bool IsDisallowed(string id) => Disallowed.Contains(id.Trim());

    /// <summary>The device of a user who was sent without one.</summary>
    public static string DeviceOf(string user) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user)).AsSpan(0, 16));
}
