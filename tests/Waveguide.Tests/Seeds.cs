using System.Globalization;

namespace Waveguide.Tests;

/// <summary>
/// What the environment says about drawn tests, and where they say what they drew: <c>WAVEGUIDE_SEED</c> is the first or
/// only seed, <c>WAVEGUIDE_SEED_LOG</c> a file that <c>./test</c> shows.
/// </summary>
internal static class Seeds
{
    private static readonly Lock Writing = new();

    /// <summary>The seed that is asked for; null if none is.</summary>
    public static int? Asked => Number("WAVEGUIDE_SEED");

    public static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static void Tell(ITestOutputHelper output, string drawn)
    {
        output.WriteLine(drawn);
        if (Environment.GetEnvironmentVariable("WAVEGUIDE_SEED_LOG") is { Length: > 0 } log)
        {
            lock (Writing)
            {
                File.AppendAllText(log, drawn + "\n");
            }
        }
    }
}
