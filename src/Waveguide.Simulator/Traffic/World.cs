namespace Waveguide.Simulator.Traffic;

/// <summary>The tables of places, networks, devices and sites.</summary>
internal sealed class World
{
    private World(Dictionary<string, Site> sites)
    {
        Sites = sites;
        Networks = NetworkTable.Read();
        Countries = new Weighted<Country>(
            Lines("places.txt").Select(line => Country.Parse(line, this)).Select(country => (country, country.Weight))
        );
        Devices = new Weighted<Device>(
            Lines("devices.txt").Select(Device.Parse).Select(device => (device, device.Weight))
        );
    }

    public Weighted<Country> Countries { get; }

    public Weighted<Device> Devices { get; }

    public NetworkTable Networks { get; }

    public IReadOnlyDictionary<string, Site> Sites { get; }

    public static World Load() => new(SiteTable.Read());

    /// <summary>The lines of an embedded table without its comments.</summary>
    public static IEnumerable<string> Lines(string table)
    {
        using var stream = typeof(World).Assembly.GetManifestResourceStream(table)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
