using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class SimulateTests
{
    [Fact]
    public async Task What_simulate_prints_makes_a_sync_that_works()
    {
        await using var shell = await Shell.StartAsync();
        using var stop = new CancellationTokenSource();
        var greeting = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var results = new WatchedWriter(line => greeting.TrySetResult(line));
        using var rest = new StringWriter();
        string[] words = ["simulate", "--days", "1", "--events-per-day", "300"];
        var serving = new Application(shell.Host(results, rest)).RunAsync(words, stop.Token);

        var said = await greeting.Task.WaitAsync(TimeSpan.FromSeconds(20));
        OutputRules.Check(new Outcome(0, said, rest.ToString()));
        var parts = said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var setting in parts.Where(word => word.Contains('=', StringComparison.Ordinal)))
        {
            shell.Environment[setting[..setting.IndexOf('=', StringComparison.Ordinal)]] = setting[
                (setting.IndexOf('=', StringComparison.Ordinal) + 1)..
            ];
        }

        var sync = await shell.RunAsync($"sync --from {parts[^1]} --table events --table user_profiles");
        Assert.Contains("events done: 24 hours, ", sync.Ended(ExitCode.Done).Out);
        Assert.Contains("user_profiles done: ", sync.Out);
        Assert.DoesNotContain("never saw them", sync.Flat);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await serving);
        Assert.Empty(rest.ToString());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = await shell.RunAsync($"simulate --port {shell.Amplitude.Address.Port}");
        Assert.Contains($"port {shell.Amplitude.Address.Port} cannot be used (", outcome.Ended(ExitCode.Usage).Flat);
        Assert.Contains("Name another with --port", outcome.Flat);
    }

    [Fact]
    public async Task A_fault_script_that_cannot_be_read_is_named()
    {
        await using var shell = await Shell.StartAsync();
        shell.WithFile("faults.json", "{\"rules\":[{\"fault\":\"nonsense\"}]}");
        var outcome = (await shell.RunAsync("simulate --faults faults.json")).Ended(ExitCode.Usage);
        Assert.Contains("faults.json is no fault script (", outcome.Flat);
    }
}
