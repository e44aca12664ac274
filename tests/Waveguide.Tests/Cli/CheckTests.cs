using Waveguide.Cli;
using Waveguide.Simulator;

namespace Waveguide.Tests.Cli;

public sealed class CheckTests
{
    [Fact]
    public async Task One_call_goes_to_each_api_and_no_file_stays()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync("check")).Ended(ExitCode.Done);
        Assert.Equal(3, shell.Amplitude.Requests.Count);
        Assert.Equal($"Amplitude (us, asked at {shell.Amplitude.Address.Authority})", outcome.OutLines[0]);
        Assert.Equal("  export      ok     newest complete hour 2025-07-11 23:00 UTC", outcome.OutLines[1]);
        Assert.Equal("  profiles    ok", outcome.OutLines[2]);
        Assert.Equal("  dashboard   ok", outcome.OutLines[3]);
        Assert.Equal("Destination duckdb:warehouse.duckdb", outcome.OutLines[4]);
        Assert.Matches("^  writable    ok     .* free$", outcome.OutLines[5]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(shell.Folder));
    }

    [Fact]
    public async Task Json_is_one_object_for_each_check()
    {
        await using var shell = await Shell.StartAsync();
        var json = (await shell.RunAsync("check --json")).Ended(ExitCode.Done).Json;
        Assert.All(json, line => Assert.Equal("project check state message hint", Outcome.Keys(line)));
        Assert.Equal(
            ["export", "profiles", "dashboard", "writable"],
            json.Select(line => line.GetProperty("check").GetString())
        );
    }

    [Theory]
    [InlineData(RefusalStyle.Json)]
    [InlineData(RefusalStyle.Text)]
    [InlineData(RefusalStyle.Html)]
    [InlineData(RefusalStyle.Unauthorized)]
    public async Task Refused_keys_are_explained_in_amplitudes_own_words(RefusalStyle style)
    {
        await using var shell = await Shell.StartAsync(change: options => options with { Refusal = style });
        shell.Environment["AMP_API_KEY"] = "wrong";
        var outcome = (await shell.RunAsync("check")).Ended(ExitCode.Refused);
        Assert.Contains("export no Amplitude refused these keys (40", outcome.Flat);
        Assert.Contains("try --region eu.", outcome.Flat);
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_named()
    {
        await using var shell = await Shell.StartAsync();
        shell.Environment["AMPLITUDE_URL"] = "http://127.0.0.1:9";
        var outcome = (await shell.RunAsync("check")).Ended(ExitCode.SomeFailed);
        Assert.Contains("export no no connection to 127.0.0.1:9 (Connection refused)", outcome.Flat);
        Assert.Contains("Check this machine's network and proxy", outcome.Flat);
    }

    [Fact]
    public async Task A_destination_that_cannot_be_written_is_the_fourth_code()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync("check --destination duckdb:missing/w.duckdb")).Ended(ExitCode.Destination);
        Assert.Contains("writable no", outcome.Flat);
        Assert.Contains("Check that the folder exists and that you may write there", outcome.Flat);
    }
}
