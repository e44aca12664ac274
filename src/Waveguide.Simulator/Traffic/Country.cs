namespace Waveguide.Simulator.Traffic;

internal sealed record Country(
    string Name,
    string Language,
    int Weight,
    Site Site,
    int UtcOffset,
    IReadOnlyList<Place> Places
)
{
    public static Country Parse(string line, World world)
    {
        var fields = line.Split('|');
        return new Country(
            fields[0],
            fields[1],
            int.Parse(fields[2]),
            world.Sites[fields[3]],
            int.Parse(fields[4]),
            [.. fields[5].Split(';').Select(Place.Parse)]
        );
    }
}

/// <summary>A place in JSON, null where it is not known.</summary>
/// <param name="Region">JSON of the region.</param>
/// <param name="City">JSON of the city.</param>
/// <param name="Dma">JSON of the US market area.</param>
internal sealed record Place(string Region, string City, string Dma)
{
    public static Place Nowhere { get; } = new("null", "null", "null");

    /// <summary>Reads <c>region,city,dma</c>; a tilde stands for a comma.</summary>
    public static Place Parse(string text)
    {
        var fields = text.Split(',');
        var dma = fields.ElementAtOrDefault(2);
        return new Place(
            JsonText.Quote(fields[0]),
            JsonText.Quote(fields[1]),
            JsonText.Quote(string.IsNullOrEmpty(dma) ? null : dma.Replace('~', ','))
        );
    }
}
