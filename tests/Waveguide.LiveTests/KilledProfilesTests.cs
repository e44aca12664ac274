using Waveguide.Simulator;
using Waveguide.Tests;

namespace Waveguide.LiveTests;

/// <summary>The program is killed while it asks for profiles, which at 600 a minute may take it hours.</summary>
public sealed class KilledProfilesTests
{
    private const int Users = 200;
    private const int Answered = 100;

    /// <summary>Requests under way when it is killed, and profiles that came and were not written yet.</summary>
    private const int Lost = 8;

    [Fact]
    public async Task What_a_killed_run_has_fetched_is_not_asked_for_again()
    {
        string[] names = [.. Enumerable.Range(0, Users).Select(user => $"user-{user}")];
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var open = new ManualResetEventSlim();
        await using var served = await ServedProgram.StartAsync(
            new MemoryData(),
            options => options with { Projects = [options.Projects[0] with { Users = new WatchedUsers(names, Hold) }] }
        );
        await File.WriteAllLinesAsync(served.At("users.txt"), names);
        await File.WriteAllTextAsync(
            served.At("waveguide.yml"),
            "tables: [user_profiles]\nuser_profiles: {file: users.txt}\nload: {spool: ./spool}\n"
        );
        using (var program = served.Start("sync"))
        {
            await Task.WhenAny(reached.Task, program.EndAsync());
            Assert.True(program.Kill(), program.Error);
            await program.EndAsync();
            open.Set();
        }

        var (code, _, error) = await served.RunAsync("sync");
        Assert.True(code == 0, error);
        Assert.Contains("user_profiles went on from ", error, StringComparison.Ordinal);
        Assert.InRange(served.Requests, Users, Users + Lost);
        Assert.Equal(
            $"{Users},0",
            await served.QueryAsync("SELECT count(DISTINCT user_id), count(error) FROM amplitude.user_profiles")
        );

        void Hold(int asked)
        {
            if (asked > Answered)
            {
                reached.TrySetResult();
                open.Wait();
            }
        }
    }
}
