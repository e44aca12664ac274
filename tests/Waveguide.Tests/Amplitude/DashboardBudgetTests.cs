using Microsoft.Extensions.Logging.Abstractions;
using Waveguide.Amplitude;
using Waveguide.Amplitude.Series;
using Waveguide.Diagnostics;
using Waveguide.Http;
using Waveguide.Simulator;

namespace Waveguide.Tests.Amplitude;

/// <summary>What the dashboard's questions may cost, as the simulated Amplitude counts it.</summary>
public sealed class DashboardBudgetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ImpatientClock _clock = new(new DateTimeOffset(2025, 7, 12, 2, 30, 0, TimeSpan.Zero));

    [Fact]
    public async Task Two_years_of_days_never_cost_more_than_amplitude_allows()
    {
        await using var amplitude = await StartAsync();
        using var source = Source(amplitude, new AmplitudePace(_clock));
        await ReadAsync(source, SeriesTables.SessionLengths, days: 730);
        Assert.Equal(730, amplitude.Requests.Count);
        Assert.All(amplitude.Requests, request => Assert.Equal(200, request.Status));
        Assert.Contains(_clock.Waits, wait => wait > TimeSpan.FromMinutes(4));
        Assert.InRange(amplitude.PeakConcurrency, 2, 4);
    }

    [Fact]
    public async Task The_budget_is_one_for_all_tables_of_a_project_and_another_for_each_project()
    {
        await using var amplitude = await StartAsync();
        var pace = new AmplitudePace(_clock);
        foreach (var project in (string[])["first", "second"])
        {
            using var source = Source(amplitude, pace, project);
            await ReadAsync(source, SeriesTables.AverageSessionLength, days: 240);
        }

        Assert.DoesNotContain(_clock.Waits, wait => wait > TimeSpan.FromMinutes(1));
        using var again = Source(amplitude, pace, "first");
        await ReadAsync(again, SeriesTables.SessionsPerUser, days: 30);
        Assert.Contains(_clock.Waits, wait => wait > TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_list_of_events_and_the_check_cost_one_each_of_the_same_budget()
    {
        await using var amplitude = await StartAsync();
        var pace = new AmplitudePace(_clock);
        using var source = Source(amplitude, pace);
        await ReadAsync(source, SeriesTables.AverageSessionLength, days: 249);
        var hour = HourRange.Single(UploadHour.Parse("2025-07-11"));
        for (var list = 0; list < 3; list++)
        {
            var slice = new Slice("first", AmplitudeTables.OfApis.Single(table => table.Name == "events_list"), hour);
            (await source.FetchAsync(slice, content: null, CancellationToken.None)).Dispose();
        }

        Assert.DoesNotContain(_clock.Waits, wait => wait > TimeSpan.FromMinutes(1));
        Assert.Equal(ApiState.Ok, await DashboardAsync(source));
        Assert.DoesNotContain(_clock.Waits, wait => wait > TimeSpan.FromMinutes(1));
        Assert.Equal(ApiState.Ok, await DashboardAsync(source));
        Assert.Contains(_clock.Waits, wait => wait > TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(amplitude.Requests, request => request.Status == 429);

        static async Task<ApiState> DashboardAsync(AmplitudeSource source) =>
            (await source.CheckAsync(new Availability(), CancellationToken.None))
                .Single(check => check.Api == "dashboard")
                .State;
    }

    [Fact]
    public async Task Months_by_group_are_asked_for_in_pieces_that_the_budget_allows()
    {
        await using var amplitude = await StartAsync();
        using var source = Source(amplitude, new AmplitudePace(_clock));
        await ReadAsync(source, SeriesTables.ActiveUsers, days: 730);
        Assert.All(amplitude.Requests, request => Assert.Equal(200, request.Status));
    }

    public void Dispose() => _folder.Dispose();

    private Task<SimulatedAmplitude> StartAsync() =>
        SimulatedAmplitude.StartAsync(
            new SimulatorOptions
            {
                Clock = _clock,
                Projects = [.. new[] { "first", "second" }.Select(name => Project(name))],
            }
        );

    private static SimulatedProject Project(string name) =>
        new()
        {
            ApiKey = name,
            SecretKey = "secret",
            Data = new MemoryData(),
        };

    private AmplitudeSource Source(SimulatedAmplitude amplitude, AmplitudePace pace, string project = "first") =>
        new(
            new AmplitudeOptions
            {
                Project = project,
                ApiKey = new Secret(project),
                SecretKey = new Secret("secret"),
                Url = amplitude.Address,
                SpoolFolder = _folder.At("spool"),
                ActiveUsers = new ActiveUsersOptions { Interval = 30, GroupBy = "country" },
                Send = new SendOptions { FirstByte = TimeSpan.FromHours(9), Stall = TimeSpan.FromHours(9) },
            },
            pace,
            _clock,
            NullLogger.Instance
        );

    private static async Task ReadAsync(AmplitudeSource source, Table table, int days)
    {
        var until = UploadHour.Parse("2025-07-11");
        var slices = await source.PlanAsync(
            table,
            [new HourRange(until.AddHours(-24 * days), until)],
            Slice.WidestWindow,
            CancellationToken.None
        );
        foreach (
            var fetched in await Task.WhenAll(
                slices.Select(slice => source.FetchAsync(slice, content: null, CancellationToken.None))
            )
        )
        {
            fetched.Dispose();
        }
    }
}
