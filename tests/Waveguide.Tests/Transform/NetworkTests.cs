using System.IO.Compression;
using System.Text;
using Waveguide.Transform.Networks;

namespace Waveguide.Tests.Transform;

public sealed class NetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1.2.3.4", "40016909060")]
    [InlineData("255.255.255.255", "44294967295")]
    [InlineData("16777216", "40016777216")]
    [InlineData("::1", "600000000000000000000000000000001")]
    [InlineData("2001:DB8::ff", "620010db80000000000000000000000ff")]
    [InlineData("::ffff:1.2.3.4", "40016909060")]
    public void An_address_has_a_key_that_sorts(string text, string expected)
    {
        Assert.True(AddressKey.TryParse(text, out var key));
        Assert.Equal(expected, key.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.4.5")]
    [InlineData("0x7f.0.0.1.2")]
    [InlineData("example.com")]
    [InlineData("2001:db8::g")]
    [InlineData("1.2.3.4/24")]
    public void What_is_no_address_has_no_key(string text) => Assert.False(AddressKey.TryParse(text, out _));

    [Theory]
    [InlineData("203.0.113.77/24", "43405803776", "43405804031")]
    [InlineData("10.0.0.1", "40167772161", "40167772161")]
    [InlineData("0.0.0.0/0", "40000000000", "44294967295")]
    [InlineData("::/0", "600000000000000000000000000000000", "6ffffffffffffffffffffffffffffffff")]
    [InlineData("2001:db8::/32", "620010db8000000000000000000000000", "620010db8ffffffffffffffffffffffff")]
    public void A_network_has_a_first_and_a_last_address(string network, string first, string last)
    {
        Assert.True(AddressKey.TryParseNetwork(network, out var from, out var to));
        Assert.Equal((first, last), (from.ToString(), to.ToString()));
    }

    [Theory]
    [InlineData(
        "asn.csv",
        "1.0.0.0,1.0.0.255,13335,\"Cloudflare, Inc.\"\n",
        "1.0.0.0-1.0.0.255 13335 Cloudflare, Inc."
    )]
    [InlineData("num.csv", "16777216,16777471,13335,Cloudflare\n", "1.0.0.0-1.0.0.255 13335 Cloudflare")]
    [InlineData(
        "blocks.csv",
        "network,autonomous_system_number,autonomous_system_organization\n1.0.0.0/24,13335,CLOUDFLARENET\n",
        "1.0.0.0-1.0.0.255 13335 CLOUDFLARENET"
    )]
    [InlineData(
        "lite.csv",
        "network,country,country_code,continent,continent_code,asn,as_name,as_domain\n1.0.0.0/24,Australia,AU,Oceania,OC,AS13335,\"Cloudflare\",cloudflare.com\n",
        "1.0.0.0-1.0.0.255 13335 Cloudflare"
    )]
    [InlineData(
        "ipinfo.csv",
        "start_ip,end_ip,asn,name,domain\n1.0.0.0,1.0.0.255,AS13335,Cloudflare,cloudflare.com\n",
        "1.0.0.0-1.0.0.255 13335 Cloudflare"
    )]
    [InlineData(
        "ip2asn.tsv",
        "0.0.0.0\t0.255.255.255\t0\tNone\tNot routed\n1.0.0.0\t1.0.0.255\t13335\tUS\tCLOUDFLARENET \"x\"\n",
        "1.0.0.0-1.0.0.255 13335 CLOUDFLARENET \"x\""
    )]
    [InlineData("crlf.csv", "\uFEFF1.0.0.0,1.0.0.255,13335,A\r\n\r\n", "1.0.0.0-1.0.0.255 13335 A")]
    public void Ranges_are_read_in_the_forms_in_which_they_are_published(string name, string text, string expected)
    {
        var file = File(name, text);
        var range = Assert.Single(RangeFile.Read(file));
        Assert.True(AddressKey.TryParse(expected.Split('-')[0], out var first));
        Assert.True(AddressKey.TryParse(expected.Split('-')[1].Split(' ')[0], out var last));
        Assert.Equal((first, last), (range.First, range.Last));
        Assert.Equal(
            expected[(expected.IndexOf(' ', StringComparison.Ordinal) + 1)..],
            $"{range.Holder.Asn} {range.Holder.Organisation}"
        );
    }

    [Fact]
    public void A_packed_file_is_read_as_it_is()
    {
        var path = _folder.At("asn.csv.gz");
        using (var gzip = new GZipStream(System.IO.File.Create(path), CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes("::,::ffff,1,One\n"));
        }

        Assert.Equal("One", Assert.Single(RangeFile.Read(path)).Holder.Organisation);
    }

    [Theory]
    [InlineData("1.0.0.0,1.0.0.255,1,A\n1.0.1.0,1.0.1.300,1,A\n", "x.csv, line 2: \"1.0.1.300\" is no IP address.")]
    [InlineData("1.0.1.0,1.0.0.0,1,A\n", "x.csv, line 1: 1.0.0.0 is not after 1.0.1.0.")]
    [InlineData("1.0.1.0,::1,1,A\n", "x.csv, line 1: ::1 is not after 1.0.1.0.")]
    [InlineData("1.0.0.0/24,one,A\n", "x.csv, line 1: \"one\" is no number of an autonomous system.")]
    [InlineData(
        "1.0.0.0/24,1,A\n1.0.0.0/33,1,A\n",
        "x.csv, line 2: \"1.0.0.0/33\" is no network such as 203.0.113.0/24."
    )]
    [InlineData("a,b,c\n", "x.csv, line 1: no range of addresses and no owner is found here.")]
    [InlineData("1.0.0.0/24,1,A\n1.0.1.0/24,1,\"B\n", "x.csv, line 2: this is no line of a CSV file.")]
    [InlineData("PK\u0003\u0004\0\0\0", "x.csv, line 1: this is no line of a CSV file.")]
    public void What_is_no_set_of_ranges_is_refused_with_its_line(string text, string expected)
    {
        var file = File("x.csv", text);
        var fault = Assert.Throws<ConfigurationException>(() => RangeFile.Read(file).ToList());
        Assert.Equal(expected, fault.Message);
    }

    [Fact]
    public void The_smallest_range_keeps_an_address()
    {
        var cut = Cut((0, 99, "a"), (10, 19, "b"), (12, 13, "c"), (19, 19, "d"), (90, 120, "e"), (200, 210, "f"));
        Assert.Equal("0-9 a, 10-11 b, 12-13 c, 14-18 b, 19-19 d, 20-89 a, 90-120 e, 200-210 f", cut);
    }

    [Fact]
    public void Cut_ranges_hold_each_address_once_and_give_it_to_its_smallest()
    {
        var dice = new Random(7);
        foreach (var _ in Enumerable.Range(0, 300))
        {
            var ranges = Enumerable
                .Range(0, dice.Next(1, 12))
                .Select(name => (First: dice.Next(60), Length: dice.Next(1, 40), Name: name))
                .DistinctBy(range => range.Length)
                .Select(range => Range(range.First, range.First + range.Length, range.Name))
                .ToList();
            var cut = RangeCutter.Cut(ranges).ToList();
            foreach (var address in Enumerable.Range(0, 110).Select(number => new AddressKey(false, (uint)number)))
            {
                var smallest = ranges.Where(range => Holds(range, address)).OrderBy(range => range.Size).Take(1);
                Assert.Equal(
                    smallest.Select(range => range.Holder),
                    cut.Where(range => Holds(range, address)).Select(range => range.Holder)
                );
            }
        }
    }

    [Fact]
    public void The_last_addresses_of_both_families_are_held()
    {
        Assert.True(AddressKey.TryParseNetwork("0.0.0.0/0", out var first, out var last));
        Assert.True(AddressKey.TryParseNetwork("::/0", out var first6, out var last6));
        var cut = RangeCutter.Cut([new NetworkRange<int>(first6, last6, 6), new NetworkRange<int>(first, last, 4)]);
        Assert.Equal([(last, 4), (last6, 6)], cut.Select(range => (range.Last, range.Holder)));
    }

    [Fact]
    public void Rules_are_of_networks_or_of_names()
    {
        var rules = RuleFile.Read(
            File("r.csv", "match,company,class\n203.0.113.0/24,Acme Ltd,\nBroadband,,isp\nacme%,Acme,business\n")
        );
        Assert.Equal("Acme Ltd", Assert.Single(rules.Networks).Holder.Company);
        Assert.Equal(["%broadband%", "acme%"], rules.Names.Select(rule => rule.Pattern));
    }

    [Theory]
    [InlineData(
        "acme,Acme,companny",
        "r.csv, line 1: \"companny\" is no class; there are isp, hosting, proxy, education, government, business, unknown."
    )]
    [InlineData(
        "acme",
        "r.csv, line 1: a rule is a network or a name, then a company, then a class, with commas between."
    )]
    public void What_is_no_rule_is_refused_with_its_line(string text, string expected)
    {
        var file = File("r.csv", text);
        Assert.Equal(expected, Assert.Throws<ConfigurationException>(() => RuleFile.Read(file)).Message);
    }

    private static string Cut(params (int First, int Last, string Name)[] ranges) =>
        string.Join(
            ", ",
            RangeCutter
                .Cut(ranges.Select(range => Range(range.First, range.Last, range.Name)))
                .Select(range => $"{range.First.Number}-{range.Last.Number} {range.Holder}")
        );

    private static NetworkRange<T> Range<T>(int first, int last, T holder) =>
        new(new AddressKey(false, (uint)first), new AddressKey(false, (uint)last), holder);

    private static bool Holds<T>(NetworkRange<T> range, AddressKey address) =>
        range.First.CompareTo(address) <= 0 && address.CompareTo(range.Last) <= 0;

    private string File(string name, string text)
    {
        var path = _folder.At(name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
