using System.Globalization;
using Waveguide.Transform.Templates;

namespace Waveguide.Transform.Networks;

/// <summary>
/// Reads who owns which addresses, in the forms of ip-location-db, IPinfo, GeoLite2 and iptoasn: columns by their names
/// where the file names them, and else first, last, number, owner, or network, number, owner.
/// </summary>
internal sealed class RangeFile
{
    private static readonly string[] Networks = ["network", "cidr", "prefix", "ip_range"];
    private static readonly string[] Firsts = ["start_ip", "range_start", "ip_range_start", "first", "start"];
    private static readonly string[] Lasts = ["end_ip", "range_end", "ip_range_end", "last", "end"];
    private static readonly string[] Numbers = ["asn", "as_number", "autonomous_system_number"];
    private static readonly string[] Owners =
    [
        "as_name",
        "name",
        "organisation",
        "organization",
        "org",
        "company",
        "as_description",
        "autonomous_system_organization",
    ];

    private readonly int _network;
    private readonly int _first;
    private readonly int _last;
    private readonly int _number;
    private readonly int _owner;
    private readonly Dictionary<(long?, string?), NetworkOwner> _owners = [];

    private RangeFile(IReadOnlyList<string> head)
    {
        _network = Find(head, Networks);
        _first = Find(head, Firsts);
        _last = Find(head, Lasts);
        _number = Find(head, Numbers);
        _owner = Find(head, Owners);
    }

    private bool IsUsable => (_network >= 0 || (_first >= 0 && _last >= 0)) && (_number >= 0 || _owner >= 0);

    /// <exception cref="ConfigurationException">The file cannot be read, or a line is no range.</exception>
    public static IEnumerable<NetworkRange<NetworkOwner>> Read(string path)
    {
        RangeFile? file = null;
        foreach (var (place, cells) in DelimitedFile.Read(path))
        {
            if (file is null)
            {
                var isData = AddressKey.TryParseNetwork(cells[0], out _, out _);
                file = new RangeFile(isData ? Unnamed(cells) : cells);
                if (!file.IsUsable)
                {
                    throw place.Fault(
                        "no range of addresses and no owner is found here",
                        "Known are the CSV files of ip-location-db, IPinfo and GeoLite2 (ASN), and the TSV of iptoasn."
                    );
                }

                if (!isData)
                {
                    continue;
                }
            }

            if (file.Range(place, cells) is { } range)
            {
                yield return range;
            }
        }
    }

    /// <summary>The names of the columns that a file without names has; iptoasn has a country before the owner.</summary>
    private static string[] Unnamed(IReadOnlyList<string> cells) =>
        cells[0].Contains('/', StringComparison.Ordinal) ? ["network", "asn", "name"]
        : cells.Count >= 5 ? ["first", "last", "asn", "country", "name"]
        : ["first", "last", "asn", "name"];

    private static int Find(IReadOnlyList<string> head, string[] names) =>
        names
            .Select(name => head.ToList().FindIndex(cell => cell.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(index => index >= 0, -1);

    /// <returns>Null for addresses that nobody announces.</returns>
    private NetworkRange<NetworkOwner>? Range(Place place, IReadOnlyList<string> cells)
    {
        var (first, last) = Ends(place, cells);
        var number = Number(place, Cell(cells, _number));
        var owner = Cell(cells, _owner) is { Length: > 0 } name and not "-" ? name : null;
        if (number is 0 || (number is null && owner is null))
        {
            return null;
        }

        if (!_owners.TryGetValue((number, owner), out var holder))
        {
            _owners[(number, owner)] = holder = new NetworkOwner(number, owner);
        }

        return new NetworkRange<NetworkOwner>(first, last, holder);
    }

    private (AddressKey First, AddressKey Last) Ends(Place place, IReadOnlyList<string> cells)
    {
        if (_network >= 0)
        {
            var network = Cell(cells, _network);
            return AddressKey.TryParseNetwork(network, out var from, out var to)
                ? (from, to)
                : throw place.Fault($"\"{network}\" is no network such as 203.0.113.0/24");
        }

        var (first, last) = (Address(place, Cell(cells, _first)), Address(place, Cell(cells, _last)));
        return first.IsV6 == last.IsV6 && first.CompareTo(last) <= 0
            ? (first, last)
            : throw place.Fault($"{Cell(cells, _last)} is not after {Cell(cells, _first)}");
    }

    private static AddressKey Address(Place place, string text) =>
        AddressKey.TryParse(text, out var key) ? key : throw place.Fault($"\"{text}\" is no IP address");

    private static long? Number(Place place, string text)
    {
        var digits = text.StartsWith("AS", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        return digits.IsEmpty ? null
            : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw place.Fault($"\"{text}\" is no number of an autonomous system");
    }

    private static string Cell(IReadOnlyList<string> cells, int index) =>
        index >= 0 && index < cells.Count ? cells[index] : string.Empty;
}
