using System.Text;
using Waveguide.Amplitude;
using Waveguide.Diagnostics;
using Waveguide.Simulator;
using Waveguide.Tests.Http;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Amplitude;

public sealed class RequestTests
{
    private static readonly AmplitudeOptions Options = new()
    {
        Project = "web",
        ApiKey = new Secret("a"),
        SecretKey = new Secret("b"),
    };

    [Theory]
    [InlineData(8, 9, "20250709T08", "20250709T08")]
    [InlineData(8, 11, "20250709T08", "20250709T10")]
    [InlineData(0, 24, "20250709T00", "20250709T23")]
    [InlineData(23, 25, "20250709T23", "20250710T00")]
    public async Task The_end_that_is_asked_for_is_the_last_hour_itself(int from, int until, string start, string end)
    {
        await using var desk = await Desk.StartAsync();
        using var fetched = await desk.FetchAsync(from, until);
        var request = Assert.Single(desk.Amplitude.Requests);
        Assert.Equal((start, end, Desk.ApiKey), (request.Start, request.End, request.Project));
    }

    [Theory]
    [InlineData("us", "https://amplitude.com/api/2/export?start=20250709T08&end=20250709T08")]
    [InlineData("eu", "https://analytics.eu.amplitude.com/api/2/export?start=20250709T08&end=20250709T08")]
    public void Each_region_has_its_host(string region, string expected)
    {
        var options = Options with { Region = region == "us" ? AmplitudeRegion.Us : AmplitudeRegion.Eu };
        using var request = Request(options);
        Assert.Equal(expected, request.RequestUri!.AbsoluteUri);
        Assert.Equal($"Basic {Convert.ToBase64String("a:b"u8)}", $"{request.Headers.Authorization}");
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/2/export")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080/api/2/export")]
    [InlineData("https://proxy.example/amplitude/", "https://proxy.example/amplitude/api/2/export")]
    public void An_address_in_place_of_Amplitudes_keeps_its_path(string address, string expected)
    {
        using var request = Request(Options with { Url = new Uri(address) });
        Assert.Equal(expected, request.RequestUri!.GetLeftPart(UriPartial.Path));
    }

    [Fact]
    public async Task No_secret_comes_out_in_failures_or_in_the_log()
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Desk.ApiKey}:{Desk.SecretKey}"));
        var echo = $"<title>your request: Authorization: Basic {basic} {Desk.ApiKey} {Desk.SecretKey}</title>";
        await using var closed = new RawServer("");
        foreach (var status in new[] { 200, 400, 403, 404, 429, 503, 504 })
        {
            var answer = new FaultRule
            {
                Fault = status == 200 ? FaultKind.CutBody : FaultKind.Status,
                Status = status,
                Text = echo,
            };
            await AssertSilentAsync(new FaultRule[] { answer }, options => options);
        }

        await AssertSilentAsync([], options => options with { Url = closed.Address });
        await AssertSilentAsync([], options => options with { Url = new Uri("http://127.0.0.1:1") });

        async Task AssertSilentAsync(FaultRule[] faults, Func<AmplitudeOptions, AmplitudeOptions> change)
        {
            var simulation = Desk.Simulation(Exporter.ThreeHours()) with { Faults = FaultScript.Of(faults) };
            await using var desk = await Desk.StartAsync(simulation, change);
            var failure = await desk.FailureAsync();
            var said = string.Join('\n', desk.Log.Lines.Append(failure.Hint).Append($"{failure}"));
            Assert.All(
                new[] { basic, Desk.ApiKey, Desk.SecretKey },
                secret => Assert.DoesNotContain(secret, said, StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    private static HttpRequestMessage Request(AmplitudeOptions options)
    {
        var hour = UploadHour.Of(Exporter.Day).AddHours(8);
        return new ExportClient(sender: null!, options).Request(HourRange.Single(hour));
    }
}
