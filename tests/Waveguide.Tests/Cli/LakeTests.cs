using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

/// <summary>What each verb does with a lake.</summary>
public sealed class LakeTests
{
    private const string BothDays = "--from 2025-07-10 --until 2025-07-12";

    [Theory]
    [InlineData("json.gz")]
    [InlineData("json")]
    [InlineData("parquet")]
    public async Task The_verbs_that_look_answer_as_on_a_warehouse(string format)
    {
        await using var shell = await Shell.StartAsync();
        string[] looks =
        [
            $"status {BothDays} --json",
            $"gaps {BothDays}",
            $"verify {BothDays}",
            "quarantine",
            "state show",
            $"plan {BothDays}",
            "query --format csv select+count(*),+count(DISTINCT+uuid),+min(event_type)+from+amplitude.events",
        ];
        await shell.RunAsync($"sync {BothDays}");
        var expected = new List<string>();
        foreach (var look in looks)
        {
            expected.Add((await SayAsync(shell, look)).Ended(ExitCode.Done).Out);
        }

        shell.Environment["WAVEGUIDE_DESTINATION"] = $"file:lake?format={format}";
        (await shell.RunAsync($"sync {BothDays}")).Ended(ExitCode.Done);
        foreach (var (look, answer) in looks.Zip(expected))
        {
            var said = (await SayAsync(shell, look)).Ended(ExitCode.Done).Out;
            Assert.Equal(answer.Replace("duckdb:warehouse.duckdb", "file:lake", StringComparison.Ordinal), said);
        }

        var check = (await shell.RunAsync("check")).Ended(ExitCode.Done);
        Assert.Contains($"writable ok files as {format}", check.Flat);
    }

    [Theory]
    [InlineData(
        "transform",
        "models are run on a DuckDB warehouse, and file:lake is none.",
        "models/ is a dbt project"
    )]
    [InlineData("enrich ip --rules rules.csv", "models are run on a DuckDB warehouse", "--destination duckdb:FILE")]
    [InlineData("query drop+table+amplitude.events", "the warehouse refused this statement", "waveguide tables events")]
    public async Task The_verbs_that_change_rows_refuse_in_a_sentence(string verb, string sentence, string hint)
    {
        await using var shell = await Shell.StartAsync();
        shell.WithFile("rules.csv", "");
        shell.Environment["WAVEGUIDE_DESTINATION"] = "file:lake";
        (await shell.RunAsync($"sync {BothDays}")).Ended(ExitCode.Done);
        var refused = (await SayAsync(shell, verb)).Ended(ExitCode.Usage);
        Assert.Contains(sentence, refused.Flat);
        Assert.Contains(hint, refused.Flat);
        Assert.Equal("96", await shell.CellsAsync("SELECT count(*) FROM amplitude.events"));
    }

    [Theory]
    [InlineData("_waveguide/ledger/events/default/2025-07-10.jsonl", "\"layout\":2", "\"layout\":3", "newer Waveguide")]
    [InlineData(
        "_waveguide/ledger/events/default/2025-07-10.jsonl",
        "\"layout\":2",
        "\"layout\":0",
        "no Waveguide wrote"
    )]
    [InlineData("_waveguide/ledger/events/default/2025-07-10.jsonl", "confirmed", "confimred", "its checksum is wrong")]
    [InlineData("_waveguide/layout.jsonl", "\"layout\":2", "\"layout\":3", "newer Waveguide")]
    [InlineData("_waveguide/layout.jsonl", "{", "", "is not what Waveguide writes")]
    public async Task A_ledger_that_is_damaged_or_newer_ends_every_verb_with_4_and_stays_as_it_is(
        string name,
        string text,
        string changed,
        string sentence
    )
    {
        await using var shell = await Shell.StartAsync();
        shell.Environment["WAVEGUIDE_DESTINATION"] = "file:lake";
        (await shell.RunAsync($"sync {BothDays}")).Ended(ExitCode.Done);
        var path = Path.Combine(shell.Folder, "lake", name);
        var whole = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, whole.Replace(text, changed, StringComparison.Ordinal));
        var before = Contents(shell);
        foreach (var verb in new[] { "sync", "status", "gaps", "verify", "backfill --again", "state show" })
        {
            var refused = (await shell.RunAsync($"{verb} {(verb == "state show" ? "" : BothDays)}")).Ended(
                ExitCode.Destination
            );
            Assert.Contains(sentence, refused.Flat);
            Assert.Contains(Path.GetFileName(name), refused.Flat);
        }

        (await shell.RunAsync(["query", "select count(*) from amplitude.events"])).Ended(ExitCode.Destination);
        Assert.Equal(before, Contents(shell));
        await File.WriteAllTextAsync(path, whole);
        Assert.Equal("96", await shell.CellsAsync("SELECT count(*) FROM amplitude.events"));
    }

    /// <summary>Calls the program by words between blanks, of which a plus stands for a blank.</summary>
    private static Task<Outcome> SayAsync(Shell shell, string words) =>
        shell.RunAsync([.. words.Split(' ').Select(word => word.Replace('+', ' '))]);

    private static List<string> Contents(Shell shell) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(shell.Folder, "lake"), "*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != "lock")
                .Order(StringComparer.Ordinal)
                .Select(file => $"{file} {File.ReadAllText(file)}"),
        ];
}
