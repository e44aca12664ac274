namespace Waveguide.Simulator.Tables;

/// <summary>What users can be grouped by: the project's own properties and some of Amplitude's.</summary>
internal static class UserProperties
{
    private static readonly string[] BuiltIn =
    [
        "city",
        "country",
        "device_family",
        "device_id",
        "device_type",
        "dma",
        "language",
        "library",
        "os_name",
        "os_version",
        "paying",
        "platform",
        "region",
        "start_version",
        "user_id",
        "version_name",
    ];

    public static bool Knows(string property) =>
        property.StartsWith("gp:", StringComparison.Ordinal) || BuiltIn.Contains(property, StringComparer.Ordinal);
}
