using Waveguide.Amplitude;
using Waveguide.Diagnostics;
using Waveguide.Simulator;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Amplitude;

public sealed class CheckTests
{
    [Fact]
    public async Task Every_API_of_a_good_project_is_asked_once()
    {
        await using var desk = await Desk.StartAsync();
        var checks = await CheckAsync(desk.Source);
        Assert.Equal(["export", "profiles", "dashboard"], checks.Select(check => check.Api));
        Assert.All(checks, check => Assert.Equal(ApiState.Ok, check.State));
        var newest = new Availability().SafeUntil(desk.Clock.GetUtcNow()).AddHours(-1);
        Assert.Equal($"newest complete hour {newest.Start:yyyy-MM-dd HH:mm} UTC", checks[0].Message);
        Assert.Equal(3, desk.Amplitude.Requests.Count);
    }

    [Fact]
    public async Task Refused_keys_are_told_with_the_next_step()
    {
        await using var desk = await Desk.StartAsync(
            Desk.Simulation(Exporter.ThreeHours()),
            options => options with { SecretKey = new Secret("not-the-secret") }
        );
        var checks = await CheckAsync(desk.Source);
        Assert.Equal([ApiState.Refused, ApiState.NotOffered, ApiState.Refused], checks.Select(check => check.State));
        Assert.Contains("Invalid API/Secret Key combination", checks[0].Message, StringComparison.Ordinal);
        Assert.Contains("--region eu", checks[0].Hint, StringComparison.Ordinal);
        Assert.Contains("(401, \"Invalid Api-Key\")", checks[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profiles_are_not_offered_in_the_EU_region()
    {
        await using var desk = await Desk.StartAsync(
            Desk.Simulation(Exporter.ThreeHours()),
            options => options with { Region = AmplitudeRegion.Eu }
        );
        var checks = await CheckAsync(desk.Source);
        Assert.Equal([ApiState.Ok, ApiState.NotOffered, ApiState.Ok], checks.Select(check => check.State));
        Assert.Equal("not offered in the EU region: user_profiles will be skipped", checks[1].Message);
    }

    [Theory]
    [InlineData(503, ApiState.Unavailable)]
    [InlineData(400, ApiState.Ok)]
    [InlineData(404, ApiState.Ok)]
    public async Task An_export_that_has_nothing_or_too_much_is_open_all_the_same(int status, ApiState expected)
    {
        await using var desk = await Desk.StartAsync(new FaultRule { Fault = FaultKind.Status, Status = status });
        Assert.Equal(expected, (await CheckAsync(desk.Source))[0].State);
    }

    [Fact]
    public async Task A_404_of_somebody_else_is_no_Amplitude()
    {
        await using var desk = await Desk.StartAsync(
            new FaultRule
            {
                Fault = FaultKind.Status,
                Status = 404,
                Text = "nginx",
            }
        );
        var check = (await CheckAsync(desk.Source))[0];
        Assert.Equal(ApiState.Unavailable, check.State);
        Assert.Contains("AMPLITUDE_URL", check.Hint, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ApiCheck>> CheckAsync(AmplitudeSource source) =>
        source.CheckAsync(new Availability(), CancellationToken.None);
}
