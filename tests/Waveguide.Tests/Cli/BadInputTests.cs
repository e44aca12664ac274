using Waveguide.Cli;
using Waveguide.DuckDb;

namespace Waveguide.Tests.Cli;

public sealed class BadInputTests
{
    [Theory]
    [InlineData("sync --region mars", "--region must be us or eu, not \"mars\".")]
    [InlineData("sync --from 2025-02-30", "--from \"2025-02-30\" is no UTC day (2025-07-09) and no UTC hour")]
    [InlineData(
        "sync --from 2025-07-10 --until 2025-07-10",
        "--until 2025-07-10T00 is not after --from 2025-07-10T00."
    )]
    [InlineData("plan --until 2025-01-01", "--until 2025-01-01T00 is not after the first wanted hour, 2025-06-12T00.")]
    [InlineData("sync --table evnts", "there is no table \"evnts\". Did you mean \"events\"?")]
    [InlineData("tables evnts", "there is no table \"evnts\". Did you mean \"events\"?")]
    [InlineData("sync --frm 2025-07-10", "waveguide sync has no option \"--frm\". Did you mean --from?")]
    [InlineData("snyc", "waveguide has no verb \"snyc\". Did you mean sync?")]
    [InlineData("query", "waveguide query needs <sql>.")]
    [InlineData("query a b", "waveguide query has no place for \"b\".")]
    [InlineData("query a --format xml", "--format must be table, csv or json, not \"xml\".")]
    [InlineData("backfill", "waveguide backfill needs --from HOUR.")]
    [InlineData("status --days many", "--days \"many\" is no whole number between 1 and 10,000.")]
    [InlineData("state forget --until 2025-07-10", "waveguide state forget needs --from HOUR.")]
    [InlineData("sync --destination warehouse.duckdb", "\"warehouse.duckdb\" is not the address of a destination.")]
    [InlineData("sync --destination gs://bucket/lake", "\"gs://bucket/lake\" is not the address of a destination.")]
    [InlineData("sync --destination snowflake://x", "destination snowflake: is not in this version of Waveguide yet.")]
    [InlineData("sync --destination fil:lake", "there is no destination \"fil:\". Did you mean \"file:\"?")]
    [InlineData("sync --destination file:", "the destination \"file:\" names no folder.")]
    [InlineData("sync --destination file://lake", "the destination \"file://lake\" names no folder.")]
    [InlineData("sync --destination duckdb:w.duckdb?a=b", "duckdb: has no options, and so none that is called \"a\".")]
    [InlineData("sync --destination file:x?fromat=json", "file: has no option \"fromat\". Did you mean \"format\"?")]
    [InlineData("sync --destination file:x?x=y", "file: has no option \"x\". It has: format, archive, archive_days.")]
    [InlineData(
        "sync --destination file:x?format=csv",
        "format in the destination's address must be json.gz, json or parquet, not \"csv\"."
    )]
    [InlineData(
        "sync --destination file:x?archive=keep&archive=drop",
        "the option \"archive\" stands twice in the destination's address."
    )]
    [InlineData(
        "sync --destination azure://acme.blob.core.windows.net/lake",
        "the destination \"azure://acme.blob.core.windows.net/lake\" names no account and container of Azure."
    )]
    [InlineData("sync --destination azure://acme", "names no account and container of Azure.")]
    [InlineData(
        "sync --destination azure://acme/lake?account_key=c2VjcmV0",
        "account_key may not stand in an address, which is shown in messages."
    )]
    [InlineData(
        "sync --destination azure://acme/lake?endpoint=http://storage.example",
        "endpoint in the destination's address must begin with https://"
    )]
    [InlineData("sync --destination duckdb:amplitude.duckdb", "The warehouse file may not be called \"amplitude\".")]
    [InlineData("sync --config nowhere.yml", "nowhere.yml, named by --config, does not exist.")]
    [InlineData("simulate --port 80000", "--port \"80000\" is no whole number between 0 and 65,535.")]
    [InlineData("simulate --data nowhere", "nowhere cannot be served (")]
    public async Task What_cannot_be_meant_is_refused_with_a_sentence(string words, string sentence)
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync(words)).Ended(ExitCode.Usage);
        Assert.Empty(outcome.Out);
        Assert.StartsWith("error: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(sentence, outcome.Flat);
        Assert.Empty(Directory.EnumerateFileSystemEntries(shell.Folder));
        Assert.Empty(shell.Amplitude.Requests);
    }

    [Fact]
    public async Task An_unknown_key_of_the_configuration_is_named_with_its_line()
    {
        await using var shell = await Shell.StartAsync();
        shell.WithFile("waveguide.yml", "region: us\ndestnation: duckdb:w.duckdb\n");
        var outcome = (await shell.RunAsync("sync")).Ended(ExitCode.Usage);
        Assert.Contains("\"destnation\" in waveguide.yml, line 2. Did you mean \"destination\"?", outcome.Flat);
    }

    [Fact]
    public async Task Wrong_keys_end_the_run_with_both_causes()
    {
        await using var shell = await Shell.StartAsync();
        shell.Environment["AMP_SECRET_KEY"] = "wrong";
        var outcome = (await shell.RunAsync("sync --from 2025-07-10")).Ended(ExitCode.Refused);
        Assert.Contains("error: Amplitude refused these keys (403", outcome.Flat);
        Assert.Contains("or the project lives in the other region", outcome.Flat);
        Assert.Empty(outcome.Out);
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_one_sentence_and_what_to_look_at()
    {
        await using var shell = await Shell.StartAsync();
        shell.Environment["AMPLITUDE_URL"] = "http://127.0.0.1:9";
        shell.Clock = new ImpatientClock(Shell.Now);
        var outcome = (await shell.RunAsync("sync --from 2025-06-11 --quiet")).Ended(ExitCode.SomeFailed);
        Assert.StartsWith("error: events 2025-06-11", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(
            "no connection to 127.0.0.1:9 (Connection refused). It was tried three times. "
                + "Check this machine's network and proxy, and the address if you set one",
            outcome.Flat
        );
    }

    [Theory]
    [InlineData("status")]
    [InlineData("gaps")]
    [InlineData("quarantine")]
    [InlineData("query select")]
    [InlineData("apply-deletions")]
    [InlineData("state show")]
    [InlineData("state export")]
    public async Task Who_reads_before_anything_is_loaded_is_told_how_to_load(string words)
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync(words)).Ended(ExitCode.Destination);
        Assert.Contains("There is no warehouse", outcome.Flat);
        Assert.Contains("waveguide sync makes it; or name another with --destination.", outcome.Flat);
        Assert.Empty(Directory.EnumerateFileSystemEntries(shell.Folder));
    }

    [Fact]
    public async Task A_file_that_is_no_warehouse_is_not_touched()
    {
        await using var shell = await Shell.StartAsync();
        shell.WithFile("warehouse.duckdb", new string('x', 5000));
        var outcome = (await shell.RunAsync("sync")).Ended(ExitCode.Destination);
        Assert.Contains("is not a DuckDB file.", outcome.Flat);
        Assert.Equal(new string('x', 5000), File.ReadAllText(shell.Warehouse));
    }

    [Theory]
    [InlineData("sync")]
    [InlineData("status")]
    public async Task A_warehouse_of_a_newer_version_is_left_alone(string verb)
    {
        await using var shell = await Shell.StartAsync();
        await shell.RunAsync("sync --from 2025-07-11 --quiet");
        using (var database = DuckDbDatabase.Open(new DuckDbOptions { Path = shell.Warehouse }))
        using (var connection = database.Connect())
        {
            connection.Execute("UPDATE waveguide.layout SET version = 99");
        }

        var outcome = (await shell.RunAsync(verb)).Ended(ExitCode.Destination);
        Assert.Contains("was written by a newer Waveguide (layout 99;", outcome.Flat);
        Assert.Contains("Update Waveguide; nothing was changed.", outcome.Flat);
    }

    [Fact]
    public async Task A_spool_folder_that_cannot_be_made_is_the_fourth_code()
    {
        await using var shell = await Shell.StartAsync();
        shell.WithFile("taken", "a file").WithFile("waveguide.yml", "load:\n  spool: ./taken/spool\n");
        var outcome = (await shell.RunAsync("sync --from 2025-07-11")).Ended(ExitCode.Destination);
        Assert.Contains("The spool folder", outcome.Flat);
        Assert.Contains("set load.spool to another folder", outcome.Flat);
    }
}
