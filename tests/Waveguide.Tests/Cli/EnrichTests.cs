using Waveguide.Cli;
using Waveguide.Simulator;

namespace Waveguide.Tests.Cli;

public sealed class EnrichTests
{
    private const string Ranges =
        "1.0.0.0,1.0.0.255,13335,\"Cloudflare, \"\"Inc.\"\"\"\n1.0.0.7,1.0.0.7,7,\n2001:db8::,2001:db8::ff,64500,Example\n";

    [Fact]
    public async Task Ranges_land_without_overlap_with_their_sets_name_and_date()
    {
        await using var shell = await Shell.StartAsync();
        shell.WithFile("asn.csv", Ranges);
        var outcome = (await shell.RunAsync("enrich ip --from asn.csv --date 2026-06-17")).Ended(ExitCode.Done);
        Assert.Equal(["4 ranges of asn, 2026-06-17 loaded."], outcome.OutLines);
        Assert.Equal(
            [
                "first_key,last_key,asn,organisation,dataset,dataset_date",
                "40016777216,40016777222,13335,\"Cloudflare, \"\"Inc.\"\"\",asn,2026-06-17",
                "40016777223,40016777223,7,,asn,2026-06-17",
                "40016777224,40016777471,13335,\"Cloudflare, \"\"Inc.\"\"\",asn,2026-06-17",
                "620010db8000000000000000000000000,620010db80000000000000000000000ff,64500,Example,asn,2026-06-17",
            ],
            await QueryAsync(shell, "from waveguide.network_ranges order by 1")
        );
    }

    [Fact]
    public async Task Rules_land_in_the_order_of_their_file_and_replace_those_before()
    {
        await using var shell = await Shell.StartAsync();
        shell.WithFile("rules.csv", "203.0.113.0/24,Acme,\nbroadband,,isp\n");
        Assert.Equal(
            ["2 rules of rules.csv loaded."],
            (await shell.RunAsync("enrich ip --rules rules.csv")).Ended(ExitCode.Done).OutLines
        );
        shell.WithFile("rules.csv", "cable,,isp\nAcme%,Acme,business\n");
        (await shell.RunAsync("enrich ip --rules rules.csv")).Ended(ExitCode.Done);
        Assert.Equal(
            ["pattern,company,network_class,position", "%cable%,,isp,1", "acme%,Acme,business,2"],
            await QueryAsync(shell, "from waveguide.name_rules order by position")
        );
        Assert.Single(await QueryAsync(shell, "from waveguide.network_rules"));
    }

    [Fact]
    public async Task Rules_of_ones_own_come_before_what_a_set_says()
    {
        (string Address, string Owner)[] cases =
        [
            ("192.0.2.1", ",isp,0.7"),
            ("192.0.2.77", "Acme Ltd,business,1"),
            ("192.0.2.78", ",proxy,1"),
            ("198.51.100.1", "The Bank,business,1"),
            ("2001:db8:1::7", "Acme Ltd,government,1"),
            ("203.0.113.1", "First Bank,business,0.6"),
            ("233.252.0.1", ",unknown,0"),
        ];
        var hour = Shell.Now.Date.AddDays(-1);
        var data = new MemoryData().Add(
            hour,
            1,
            [.. cases.Select(one => Shell.Row(one.Address, hour, $"\"ip_address\":\"{one.Address}\","))]
        );
        await using var shell = await Shell.StartAsync(data);
        shell
            .WithFile(
                "asn.csv",
                "192.0.2.0,192.0.2.255,1,Cable Broadband\n198.51.100.0,198.51.100.255,2,Bank of Broadband\n203.0.113.0,203.0.113.255,3,First Bank\n2001:db8::,2001:db8:ffff::,4,Example University\n"
            )
            .WithFile(
                "rules.csv",
                "192.0.2.64/26,Acme Ltd,\n192.0.2.78,,proxy\n2001:db8:1::/48,Acme Ltd,government\nbank of,The Bank,business\nbank of broad,Another,isp\n"
            );
        (await shell.RunAsync("enrich ip --from asn.csv --rules rules.csv")).Ended(ExitCode.Done);
        (await shell.RunAsync("sync --from 2025-07-11 --transform")).Ended(ExitCode.Done);
        Assert.Equal(
            cases.Select(one => $"{one.Address},{one.Owner}"),
            (
                await QueryAsync(
                    shell,
                    "select ip_address, company, network_class, confidence from analytics.dim_addresses order by 1"
                )
            ).Skip(1)
        );
    }

    [Fact]
    public async Task A_file_that_is_no_set_of_ranges_changes_nothing()
    {
        await using var shell = await Shell.StartAsync();
        shell
            .WithFile("asn.csv", Ranges)
            .WithFile("bad.csv", Ranges + "1.0.0.256,1.0.0.257,1,A\n")
            .WithFile("none.csv", "\n");
        (await shell.RunAsync("enrich ip --from asn.csv")).Ended(ExitCode.Done);
        var bad = (await shell.RunAsync("enrich ip --from bad.csv")).Ended(ExitCode.Usage);
        Assert.Equal("error: bad.csv, line 4: \"1.0.0.256\" is no IP address.", bad.Error.Trim());
        Assert.Contains(
            "held no ranges; nothing was changed.",
            (await shell.RunAsync("enrich ip --from none.csv")).Ended(ExitCode.Usage).Flat
        );
        Assert.Contains(
            "cannot be read",
            (await shell.RunAsync("enrich ip --from away.csv")).Ended(ExitCode.Usage).Flat
        );
        Assert.Contains(
            "needs a set of ranges, --from FILE, or --rules FILE.",
            (await shell.RunAsync("enrich ip")).Ended(ExitCode.Usage).Flat
        );
        Assert.Equal(5, (await QueryAsync(shell, "from waveguide.network_ranges")).Count);
    }

    private static async Task<IReadOnlyList<string>> QueryAsync(Shell shell, string sql) =>
        (await shell.RunAsync(["query", sql, "--format", "csv"])).Ended(ExitCode.Done).OutLines;
}
