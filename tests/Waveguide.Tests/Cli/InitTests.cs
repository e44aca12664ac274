using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class InitTests
{
    [Fact]
    public async Task The_file_that_is_written_is_one_that_works()
    {
        await using var shell = await Shell.StartAsync();
        var init = await shell.RunAsync("init --from 2025-07-11 --destination duckdb:mine.duckdb");
        Assert.Equal(
            "Wrote waveguide.yml, and waveguide.schema.json for editors.",
            Assert.Single(init.Ended(ExitCode.Done).OutLines)
        );
        Assert.EndsWith("Next: waveguide check", init.Flat, StringComparison.Ordinal);
        Assert.Contains("events done: 24 hours, 48 rows", (await shell.RunAsync("sync")).Ended(ExitCode.Done).Out);
        Assert.True(File.Exists(Path.Combine(shell.Folder, "mine.duckdb")));
    }

    [Fact]
    public async Task Who_has_no_keys_yet_is_told_where_they_are()
    {
        await using var shell = await Shell.StartAsync();
        shell.Environment.Clear();
        var outcome = (await shell.RunAsync("init")).Ended(ExitCode.Done);
        Assert.Contains("put AMP_API_KEY and AMP_SECRET_KEY into the environment or into .env", outcome.Flat);
    }

    [Fact]
    public async Task A_file_that_is_there_is_left_alone_unless_forced()
    {
        await using var shell = await Shell.StartAsync();
        shell.WithFile("waveguide.yml", "mine: true");
        var path = Path.Combine(shell.Folder, "waveguide.yml");
        var refused = (await shell.RunAsync("init")).Ended(ExitCode.Usage);
        Assert.Contains("waveguide.yml is already here; it was not touched.", refused.Flat);
        Assert.Equal("mine: true", File.ReadAllText(path));
        (await shell.RunAsync("init --force --region eu")).Ended(ExitCode.Done);
        Assert.Contains("region: eu", File.ReadAllText(path));
    }

    [Fact]
    public async Task A_folder_that_takes_no_file_gets_a_sentence()
    {
        await using var shell = await Shell.StartAsync();
        Directory.CreateDirectory(Path.Combine(shell.Folder, "waveguide.yml"));
        var outcome = (await shell.RunAsync("init")).Ended(ExitCode.Usage);
        Assert.Contains("waveguide.yml cannot be written (", outcome.Flat);
        Assert.Contains("Run waveguide init in a folder where you may write.", outcome.Flat);
    }
}
