namespace Waveguide.Cli;

/// <summary>Where data lands, as it is written: a scheme and what follows it.</summary>
internal sealed record DestinationAddress(string Scheme, string Path)
{
    private static readonly string[] Planned =
    [
        "file",
        "s3",
        "azure",
        "postgres",
        "clickhouse",
        "snowflake",
        "databricks",
    ];

    /// <exception cref="ConfigurationException">It is no address of a destination that this version has.</exception>
    public static DestinationAddress Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? string.Empty : text[..colon];
        var path = text[(colon + 1)..];
        if (scheme == "duckdb")
        {
            return path.Length > 0
                ? new DestinationAddress(scheme, path)
                : throw new ConfigurationException("the destination \"duckdb:\" names no file.")
                {
                    Hint = "Write duckdb:warehouse.duckdb, or another path.",
                };
        }

        throw Planned.Contains(scheme, StringComparer.Ordinal)
            ? new ConfigurationException($"destination {scheme}: is not in this version of Waveguide yet.")
            {
                Hint = "duckdb:warehouse.duckdb works today.",
            }
            : new ConfigurationException($"\"{text}\" is not the address of a destination.")
            {
                Hint = "Write duckdb: and the path of a file, such as duckdb:warehouse.duckdb.",
            };
    }
}
