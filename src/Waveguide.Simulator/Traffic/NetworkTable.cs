using System.Net;
using System.Net.Sockets;

namespace Waveguide.Simulator.Traffic;

/// <summary>Address blocks by country, and those that serve any.</summary>
internal sealed class NetworkTable
{
    private readonly Dictionary<string, Weighted<IPNetwork>> _byCountry;

    private NetworkTable(Dictionary<string, Weighted<IPNetwork>> byCountry) => _byCountry = byCountry;

    public static NetworkTable Read()
    {
        var networks = GeneratedNetwork.All();
        var anywhere = networks.Where(network => network.Country == "*").ToList();
        return new NetworkTable(
            networks
                .GroupBy(network => network.Country)
                .ToDictionary(
                    country => country.Key,
                    country => new Weighted<IPNetwork>(
                        (country.Key == "*" ? country : country.Concat(anywhere)).Select(network =>
                            (network.Addresses, network.Weight)
                        )
                    )
                )
        );
    }

    /// <summary>An address of a network that serves the country.</summary>
    public string Address(string country, ref Dice dice)
    {
        var network = _byCountry.GetValueOrDefault(country, _byCountry["*"]).Draw(ref dice);
        var bytes = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(dice.Below(2) << (7 - bit % 8));
        }
        if (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork)
        {
            bytes[3] = (byte)Math.Clamp((int)bytes[3], 1, 254);
        }
        return new IPAddress(bytes).ToString();
    }
}
