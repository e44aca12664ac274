namespace Waveguide.Cli.Output;

/// <summary>What to type into a shell for the answer to a statement.</summary>
internal static class QueryLine
{
    /// <param name="address">As <see cref="Address"/> wrote it.</param>
    public static string Of(string address, string sql)
    {
        var more = OperatingSystem.IsWindows() ? " " : $" \\{Environment.NewLine}      ";
        var text = sql.ReplaceLineEndings($"{Environment.NewLine}       ");
        return $"  waveguide query --destination {address}{more}\"{text}\"";
    }

    /// <summary>A destination's address as one word of a shell.</summary>
    public static string Address(string destination) =>
        destination.Contains('?', StringComparison.Ordinal) ? $"'{destination}'" : destination;
}
