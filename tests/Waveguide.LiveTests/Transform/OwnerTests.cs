using Waveguide.Tests;
using Waveguide.Tests.Transform;

namespace Waveguide.LiveTests.Transform;

/// <summary>The owner of every address of the real half-day is the one that another program found in the same set of ranges.</summary>
public sealed class OwnerTests(HalfDay day) : IClassFixture<HalfDay>
{
    private const string Package = "@ip-location-db/asn";

    [Fact]
    public async Task All_152_addresses_have_their_owner()
    {
        var expected = Samples.Find("expected/real-half-day/ip_asn.csv");
        string[] ranges =
        [
            Readers.Find($"node_modules/{Package}/asn-ipv4.csv", Package),
            Readers.Find($"node_modules/{Package}/asn-ipv6.csv", Package),
        ];
        await day.Star.EnrichAsync(ranges, new DateOnly(2026, 6, 17));
        await day.Star.BuildAsync();
        Assert.Equal(
            ["152|152"],
            await day.Star.QueryAsync(
                $"""
                SELECT count(*), count(*) FILTER (
                    actual.ip_address = expected.ip AND actual.asn IS NOT DISTINCT FROM expected.asn::BIGINT
                    AND actual.organisation IS NOT DISTINCT FROM expected.as_organization
                )
                FROM read_csv('{expected}', all_varchar = true) AS expected
                FULL JOIN analytics.dim_addresses AS actual ON actual.ip_address = expected.ip
                """
            )
        );
    }
}
