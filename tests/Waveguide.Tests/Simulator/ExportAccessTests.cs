using System.Net.Http.Headers;
using Waveguide.Simulator;

namespace Waveguide.Tests.Simulator;

public sealed class ExportAccessTests
{
    [Theory]
    [InlineData(RefusalStyle.Json, 403, "Invalid API/Secret Key combination")]
    [InlineData(RefusalStyle.Text, 403, "Invalid API Key")]
    [InlineData(RefusalStyle.Html, 403, "<html><title>403: Forbidden</title><body>403: Forbidden</body></html>")]
    [InlineData(RefusalStyle.Unauthorized, 401, "")]
    public async Task Wrong_keys_are_refused(RefusalStyle style, int status, string body)
    {
        await using var exporter = await Exporter.StartAsync(
            Exporter.ThreeHours(),
            options => options with { Refusal = style }
        );
        using var response = await exporter.GetAsync("20250709T08", "20250709T08", "key:wrong");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(body, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_good_at_the_address_of_their_region_only()
    {
        await using var exporter = await Exporter.StartAsync();
        var (us, eu) = (exporter.Amplitude.Address, exporter.Amplitude.EuAddress);
        using var usAtEu = await exporter.GetAsync("20250709T08", "20250709T08", "key:secret", eu);
        using var euAtUs = await exporter.GetAsync("20250709T08", "20250709T08", "eu-key:eu-secret", us);
        using var euAtEu = await exporter.GetAsync("20250709T08", "20250709T08", "eu-key:eu-secret", eu);
        Assert.Equal([403, 403, 200], [(int)usAtEu.StatusCode, (int)euAtUs.StatusCode, (int)euAtEu.StatusCode]);
    }

    [Fact]
    public async Task The_sixth_request_at_once_is_one_too_many()
    {
        await using var exporter = await Exporter.StartAsync(
            Exporter.ThreeHours(),
            options =>
                options with
                {
                    ConcurrencyRetryAfter = 7,
                    Faults = FaultScript.Of(
                        new FaultRule
                        {
                            Fault = FaultKind.Stall,
                            AfterBytes = 30,
                            Times = 5,
                        }
                    ),
                }
        );
        List<HttpResponseMessage> held = [];
        for (var request = 0; request < 5; request++)
        {
            held.Add(await exporter.GetAsync("20250709T08", "20250709T08"));
        }
        using var sixth = await exporter.GetAsync("20250709T08", "20250709T08");
        Assert.Equal(429, (int)sixth.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), sixth.Headers.RetryAfter?.Delta);
        Assert.Equal(5, exporter.Amplitude.PeakConcurrency);
        held.ForEach(response => response.Dispose());
    }

    [Fact]
    public async Task A_client_that_keeps_to_the_limit_is_never_refused()
    {
        await using var exporter = await Exporter.StartAsync(
            Exporter.ThreeHours(),
            options => options with { ConcurrencyLimit = 2 }
        );
        await Parallel.ForAsync(
            0,
            200,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (_, cancellationToken) =>
            {
                using var response = await exporter.GetAsync("20250709T08", "20250709T10");
                await response.Content.ReadAsByteArrayAsync(cancellationToken);
            }
        );
        Assert.All(exporter.Amplitude.Requests, request => Assert.Equal(200, request.Status));
    }

    [Fact]
    public async Task Every_request_is_noted_with_its_answer()
    {
        await using var exporter = await Exporter.StartAsync();
        (await exporter.GetAsync("20250709T8", "20250709T9")).Dispose();
        (await exporter.GetAsync("x", "y", "nobody:")).Dispose();
        Assert.Equal(
            [
                new SimulatedRequest("/api/2/export", "20250709T8", "20250709T9", "key", 200),
                new SimulatedRequest("/api/2/export", "x", "y", null, 403),
            ],
            exporter.Amplitude.Requests
        );
    }

    [Fact]
    public async Task Events_are_listed()
    {
        await using var exporter = await Exporter.StartAsync();
        var uri = new Uri(exporter.Amplitude.Address, "api/2/events/list");
        using var response = await exporter.SendAsync(uri, Exporter.Basic("key:secret"));
        Assert.Contains(
            "\"value\":\"session_start\"",
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Api-Key", "secret", "ana@example.org", 200, "\"user_id\":\"ana@example.org\"")]
    [InlineData("Api-Key", "secret", "nobody", 200, "{\"error\":\"User id and device id not seen before\"}")]
    [InlineData("Api-Key", "key", "ana@example.org", 401, "Invalid Api-Key")]
    [InlineData("Bearer", "secret", "ana@example.org", 401, "Missing Api-Key in Authorization header")]
    public async Task Profiles_answer_as_documented(string scheme, string secret, string user, int status, string body)
    {
        await using var exporter = await Exporter.StartAsync();
        var authorization = new AuthenticationHeaderValue(scheme, secret);
        var query = $"v1/userprofile?user_id={user}&get_amp_props=true";
        using var response = await exporter.SendAsync(new Uri(exporter.Amplitude.Address, query), authorization);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(body, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var atEu = await exporter.SendAsync(new Uri(exporter.Amplitude.EuAddress, query), authorization);
        Assert.Equal(404, (int)atEu.StatusCode);
    }
}
