using Waveguide.Amplitude;
using Waveguide.Diagnostics;
using Waveguide.Simulator;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Amplitude;

public sealed class RefusalTests
{
    [Theory]
    [InlineData(RefusalStyle.Json, "(403, \"Invalid API/Secret Key combination\")")]
    [InlineData(RefusalStyle.Text, "(403, \"Invalid API Key\")")]
    [InlineData(RefusalStyle.Html, "(403, \"403: Forbidden\")")]
    [InlineData(RefusalStyle.Unauthorized, "(401, \"Unauthorized\")")]
    public async Task Keys_are_refused_once_in_Amplitudes_own_words(RefusalStyle style, string said)
    {
        await using var desk = await Desk.StartAsync(
            Desk.Simulation(Exporter.ThreeHours()) with
            {
                Refusal = style,
            },
            options => options with { SecretKey = new Secret("not-the-secret") }
        );
        var failure = await desk.FailureAsync();
        Assert.Equal(SourceFailure.Refused, failure.Failure);
        Assert.False(failure.IsTransient);
        Assert.Equal($"Amplitude refused these keys {said}.", failure.Message);
        Assert.Equal(1, desk.Calls);
        Assert.Empty(desk.Clock.Waits);
    }

    [Fact]
    public async Task The_hint_names_both_causes_the_address_and_the_other_region()
    {
        await using var desk = await Desk.StartAsync(
            Desk.Simulation(Exporter.ThreeHours()),
            options => options with { ApiKey = new Secret("not-the-key") }
        );
        var failure = await desk.FailureAsync();
        Assert.Equal(
            "Either the API key and secret key do not belong together, or the project lives in the other region: "
                + $"this was asked of {desk.Amplitude.Address.Authority}; try --region eu.",
            failure.Hint
        );
    }

    [Fact]
    public async Task A_project_of_the_other_region_is_refused_in_this_one_and_served_in_its_own()
    {
        var simulation = Desk.Simulation(Exporter.ThreeHours());
        var european = simulation.Projects[0] with { Region = SimulatedRegion.Eu };
        await using var desk = await Desk.StartAsync(simulation with { Projects = [european] });
        Assert.Equal(SourceFailure.Refused, (await desk.FailureAsync()).Failure);
        var options = desk.Options with { Region = AmplitudeRegion.Eu, Url = desk.Amplitude.EuAddress };
        using var source = new AmplitudeSource(options, new AmplitudePace(desk.Clock), desk.Clock, desk.Log);
        using var fetched = await source.FetchAsync(desk.Slice(), content: null, CancellationToken.None);
        Assert.Equal(3, fetched.Parts.Count);
    }
}
