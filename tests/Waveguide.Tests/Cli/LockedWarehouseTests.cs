using System.Diagnostics;
using Waveguide.Cli;
using Waveguide.Simulator;

namespace Waveguide.Tests.Cli;

public sealed class LockedWarehouseTests
{
    [Fact]
    public async Task Who_finds_the_warehouse_in_use_is_told_by_whom()
    {
        var stall = new FaultRule { Fault = FaultKind.Stall };
        await using var shell = await Shell.StartAsync(change: options =>
            options with
            {
                Faults = FaultScript.Of(stall),
            }
        );
        using var writer = Start(shell);
        try
        {
            var planned = await writer.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Contains("events 2025-07-11 00:00 .. 2025-07-12 00:00 UTC", planned);
            foreach (var verb in new[] { "sync", "status", "query select" })
            {
                var outcome = (await shell.RunAsync(verb)).Ended(ExitCode.Destination);
                Assert.Matches(
                    $@"warehouse\.duckdb is in use by waveguide sync \(process {writer.Id}, since \d\d:\d\d UTC\)\.",
                    outcome.Flat
                );
                Assert.Contains("Wait until it has ended, or stop it", outcome.Flat);
            }
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync();
        }

        Assert.Contains("nothing is due", (await shell.RunAsync("sync --from 2025-07-20")).Ended(ExitCode.Done).Flat);
    }

    /// <summary>Another process that loads into the warehouse, and never ends.</summary>
    private static Process Start(Shell shell)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Waveguide.Cli"))
        {
            WorkingDirectory = shell.Folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList = { "sync", "--from", "2025-07-11", "--until", "2025-07-12" },
        };
        foreach (var (name, value) in shell.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
