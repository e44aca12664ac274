using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Waveguide.Cli.Configuration.Kinds;

/// <summary>A number of bytes, in the units of DuckDB: MB counts in thousands, MiB in 1,024s.</summary>
internal sealed partial class SizeKind(long least) : SettingKind<long>
{
    private const string Pattern = "^(?<number>[0-9]{1,6}([.][0-9]{1,3})?) ?(?<unit>[kKmMgGtT])(?<binary>[iI]?)[bB]$";

    public override string Name => "size";

    public override string Expectation => $"a size of at least {least / 1_000_000}MB, such as 250MB, 1.5GB or 2GiB";

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = Pattern };

    public override bool TryParse(string text, out long value)
    {
        value = 0;
        var match = Shape().Match(text.Trim());
        if (!match.Success)
        {
            return false;
        }

        var number = decimal.Parse(
            match.Groups["number"].ValueSpan,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture
        );
        var step = match.Groups["binary"].Length > 0 ? 1024 : 1000;
        for (var power = "KMGT".IndexOf(char.ToUpperInvariant(match.Groups["unit"].ValueSpan[0])); power >= 0; power--)
        {
            number *= step;
        }

        value = (long)number;
        return value >= least;
    }

    [GeneratedRegex(
        Pattern,
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Shape();
}
