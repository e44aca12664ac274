using Waveguide.Cli;
using Waveguide.Simulator.Tables;

namespace Waveguide.Tests.Cli;

/// <summary>What the User Profile API may answer, by running the program.</summary>
public sealed class ProfileAnswerTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(404)]
    public async Task Whatever_the_status_a_user_never_seen_is_told_by_the_words(int status)
    {
        var fault = new RestFault("/v1/userprofile", status)
        {
            Text = """{"error":"User id and device id not seen before"}""",
        };
        await using var shell = await StartAsync(fault);
        var outcome = (await shell.RunAsync("sync --table user_profiles --user-ids ana")).Ended(ExitCode.Done);
        Assert.Contains("has no profile of 1 of 1 users", outcome.Flat);
    }

    [Fact]
    public async Task A_limit_that_is_told_with_another_status_is_waited_for_all_the_same()
    {
        var fault = new RestFault("/v1/userprofile", 200)
        {
            Text = """{"error":"Number of requests per minute exceeds system limit."}""",
            Times = 1,
        };
        await using var shell = await StartAsync(fault);
        (await shell.RunAsync("sync --table user_profiles --user-ids ana")).Ended(ExitCode.Done);
        Assert.Contains(TimeSpan.FromMinutes(1), ((ImpatientClock)shell.Clock).Waits);
    }

    [Fact]
    public async Task A_profile_of_many_properties_is_whole()
    {
        var properties = string.Join(
            ',',
            Enumerable.Range(0, 1_000).Select(number => $"\"p{number}\":\"{new string('x', 1_024)}\"")
        );
        var fault = new RestFault("/v1/userprofile", 200)
        {
            Text = "{\"userData\":{\"cohort_ids\":[\"a\",\"b\"],\"amp_props\":{" + properties + "}}}",
        };
        await using var shell = await StartAsync(fault);
        (await shell.RunAsync("sync --table user_profiles --user-ids ana")).Ended(ExitCode.Done);
        Assert.Equal(
            "ana,1000,1024,2",
            await shell.CellsAsync(
                "select user_id, len(json_keys(amp_props)), len(amp_props->>'p999'), json_array_length(cohort_ids) from amplitude.user_profiles"
            )
        );
    }

    private static async Task<Shell> StartAsync(RestFault fault)
    {
        var shell = await Shell.StartImpatientAsync(project =>
            project with
            {
                Users = ["ana"],
                Tables = new SimulatedTables { Faults = [fault] },
            }
        );
        return shell.WithFile("waveguide.yml", "load: {spool: spool}\n");
    }
}
