namespace Waveguide.Simulator.Traffic;

internal sealed record Device(
    string Browser,
    IReadOnlyList<string> Versions,
    string Family,
    string Type,
    IReadOnlyList<(int Width, int Height)> Viewports
)
{
    public int Weight { get; private init; }

    public bool IsMobile => Family is "Android" or "iOS";

    public static Device Parse(string line)
    {
        var fields = line.Split('|');
        return new Device(
            fields[0],
            fields[1].Split(','),
            fields[2],
            fields[3],
            [
                .. fields[4]
                    .Split(',')
                    .Select(text => text.Split('x'))
                    .Select(pair => (int.Parse(pair[0]), int.Parse(pair[1]))),
            ]
        )
        {
            Weight = int.Parse(fields[5]),
        };
    }
}
