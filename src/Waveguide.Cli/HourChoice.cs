using Waveguide.Cli.Output;

namespace Waveguide.Cli;

/// <summary>The loaded hours that are verified.</summary>
/// <param name="Loaded">How many there were to choose from.</param>
/// <param name="NotLoaded">Wanted hours that are not there to be verified.</param>
/// <param name="Seed">What they were drawn by; null if all were taken.</param>
internal sealed record HourChoice(IReadOnlyList<UploadHour> Hours, int Loaded, int NotLoaded, int? Seed)
{
    public static HourChoice All(Standing standing)
    {
        UploadHour[] loaded = [.. standing.Wanted.Hours().Where(standing.Coverage.Holds)];
        return new HourChoice(loaded, loaded.Length, standing.Wanted.Count - loaded.Length, Seed: null);
    }

    public static HourChoice Draw(Standing standing, int most, int seed)
    {
        var all = All(standing);
        var hours = all.Hours.ToArray();
        new Random(seed).Shuffle(hours);
        return all with { Hours = [.. hours.Take(most).Order()], Seed = seed };
    }
}
