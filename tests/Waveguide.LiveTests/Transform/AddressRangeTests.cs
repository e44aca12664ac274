using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Waveguide.Tests;
using Waveguide.Tests.Transform;

namespace Waveguide.LiveTests.Transform;

/// <summary>Sets of address ranges as large as the real ones, loaded by the program and looked up by the models.</summary>
public sealed class AddressRangeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Known_owners_are_found_in_the_set_of_ip_location_db()
    {
        var folder = Readers.Find("node_modules/@ip-location-db/asn", "@ip-location-db/asn");
        await EnrichAsync(Path.Combine(folder, "asn-ipv4.csv"), Path.Combine(folder, "asn-ipv6.csv"));
        string[] addresses =
        [
            "1.1.1.1",
            "9.9.9.9",
            "2001:630:d0:f102::25e",
            "2001:4860:4860::8888",
            "192.0.2.1",
            "10.0.0.1",
        ];
        Assert.Equal(
            [
                "1.1.1.1|13335|proxy|",
                "10.0.0.1||unknown|",
                "192.0.2.1||unknown|",
                "2001:4860:4860::8888|15169|hosting|",
                "2001:630:d0:f102::25e|786|education|Jisc Services Limited",
                "9.9.9.9|19281|unknown|",
            ],
            await LookUpAsync("asn, network_class, company", addresses)
        );
    }

    [Fact]
    public async Task Of_a_million_ranges_each_address_finds_its_own_and_those_between_find_none()
    {
        const int Ranges = 500_000;
        var file = _folder.At("made.csv");
        await File.WriteAllLinesAsync(
            file,
            Enumerable
                .Range(0, Ranges)
                .SelectMany(at => new[] { Line(V4(at, 0), V4(at, 1), at), Line(V6(at, 0), V6(at, 1), at) })
        );
        await EnrichAsync(file);
        var dice = new Random(7);
        var places = Enumerable.Range(0, 100).Select(_ => dice.Next(Ranges)).Append(0).Append(Ranges - 1);
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (at, step) in places.SelectMany(at => Enumerable.Range(0, 4).Select(step => (at, step))))
        {
            expected[V4(at, step)] = expected[V6(at, step)] = step < 2 ? Number(at) : "";
        }

        Assert.Equal(
            expected.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}|{pair.Value}"),
            await LookUpAsync("asn", [.. expected.Keys])
        );
    }

    /// <summary>Ranges of two addresses with two between them.</summary>
    private static string V4(int at, int step) =>
        new IPAddress(IPAddress.HostToNetworkOrder(0x01000000 + (4 * at) + step) & 0xFFFFFFFFL).ToString();

    private static string V6(int at, int step) =>
        IPAddress.Parse($"2001:{at >> 16:x}:{at & 0xFFFF:x}::{step:x}").ToString();

    private static string Line(string first, string last, int at) => $"{first},{last},{Number(at)},made";

    private static string Number(int at) => (at + 1).ToString(CultureInfo.InvariantCulture);

    private async Task EnrichAsync(params string[] files)
    {
        var (code, _, error) = await WaveguideProcess.RunAsync(
            _folder.Path,
            ImmutableDictionary<string, string>.Empty,
            ["enrich", "ip", "--date", "2026-06-17", .. files.SelectMany(file => new[] { "--from", file })]
        );
        Assert.True(code == 0, error);
    }

    private async Task<IReadOnlyList<string>> LookUpAsync(string columns, IReadOnlyList<string> addresses)
    {
        using var star = new Star(_folder.At("warehouse.duckdb"));
        await star.LandAsync(
            0,
            1,
            [.. addresses.Select((address, at) => $"'u{at}' AS uuid, '{address}' AS ip_address")]
        );
        await star.BuildAsync();
        return await star.QueryAsync($"SELECT ip_address, {columns} FROM analytics.dim_addresses ORDER BY ip_address");
    }
}
