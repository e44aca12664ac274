using System.Text.Json;
using Waveguide.Cli;
using Waveguide.Simulator;

namespace Waveguide.Tests.Cli;

/// <summary>The registry of event and user properties, by running the program.</summary>
public sealed class PropertiesTests
{
    private static readonly DateTime Old = new(2025, 7, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Recent = new(2025, 7, 11, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_run_tells_which_properties_are_new_have_a_new_type_or_are_gone()
    {
        await using var shell = await StartAsync();
        var first = (await shell.RunAsync("sync --from 2025-07-01 --until 2025-07-02")).Ended(ExitCode.Done);
        Assert.DoesNotContain("property", first.Flat);
        var second = (await shell.RunAsync("sync --from 2025-07-01")).Ended(ExitCode.Done);
        Assert.Contains("property a/b ~c of view has a new type, text, beside number", second.Flat);
        Assert.Contains("property new of view is new (array), first seen 2025-07-11 08:00 UTC", second.Flat);
        Assert.Contains("property gone of view is gone, last seen 2025-07-01 08:00 UTC", second.Flat);
        Assert.DoesNotContain("property plan of users", second.Flat);
        var third = (await shell.RunAsync("sync --from 2025-07-01")).Ended(ExitCode.Done);
        Assert.DoesNotContain("property", third.Flat);
    }

    [Fact]
    public async Task Programs_are_told_in_json()
    {
        await using var shell = await StartAsync();
        (await shell.RunAsync("sync --from 2025-07-01 --until 2025-07-02")).Ended(ExitCode.Done);
        var run = (await shell.RunAsync("sync --from 2025-07-01 --json")).Ended(ExitCode.Done).Json;
        var drift = run.Where(line => line.GetProperty("event").GetString() == "drift").ToList();
        Assert.Equal(
            ["a/b ~c retyped", "gone gone", "new new"],
            drift.Select(line => Texts(line, "property", "drift")).Order()
        );
        Assert.Equal("event project kind event_type property drift types first last", Outcome.Keys(drift[0]));
    }

    [Fact]
    public async Task Each_property_is_told_with_its_first_and_last_hour_its_types_and_its_count()
    {
        await using var shell = await LoadedAsync();
        var json = (await shell.RunAsync("properties --json")).Ended(ExitCode.Done).Json;
        Assert.Equal(
            [
                "event view a/b ~c number,text 2 2025-07-01T08 2025-07-11T08 retyped",
                "event view gone boolean 1 2025-07-01T08 2025-07-01T08 gone",
                "event view new array 1 2025-07-11T08 2025-07-11T08 new",
                "user  plan text 2 2025-07-01T08 2025-07-11T08 ",
            ],
            json.Select(line =>
                Texts(line, "kind", "event_type", "property", "types", "count", "first", "last", "drift")
            )
        );
        Assert.Equal(
            "2025-07-11 08:00:00,[array]",
            (
                await shell.CellsAsync("select first_hour, types from waveguide.properties where property = 'new'")
            ).Replace("\"", "", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_person_sees_the_event_types_and_the_properties_of_one()
    {
        await using var shell = await LoadedAsync();
        Assert.Equal(
            [
                "properties drift first hour last hour of",
                "3 3 2025-07-01T08 2025-07-11T08 view",
                "1 0 2025-07-01T08 2025-07-11T08 user",
            ],
            (await shell.RunAsync("properties")).Ended(ExitCode.Done).OutLines.Select(Outcome.Squeezed)
        );
        Assert.Equal(
            [
                "view: 3 properties",
                "first hour last hour count types property",
                "2025-07-01T08 2025-07-11T08 2 number, text a/b ~c (text is new)",
                "2025-07-01T08 2025-07-01T08 1 boolean gone (gone)",
                "2025-07-11T08 2025-07-11T08 1 array new (new)",
            ],
            (await shell.RunAsync("properties view")).Ended(ExitCode.Done).OutLines.Select(Outcome.Squeezed)
        );
        Assert.Contains("plan", (await shell.RunAsync("properties user")).Ended(ExitCode.Done).Out);
        Assert.DoesNotContain("plan", (await shell.RunAsync("properties --drift")).Ended(ExitCode.Done).Out);
        var wrong = (await shell.RunAsync("properties veiw")).Ended(ExitCode.Usage);
        Assert.Contains("no event of the type \"veiw\" has had a property. Did you mean \"view\"?", wrong.Flat);
    }

    [Fact]
    public async Task Of_many_changes_a_run_tells_some_and_where_the_rest_is()
    {
        var properties = string.Join(',', Enumerable.Range(0, 9).Select(number => $"\"p{number}\":1"));
        await using var shell = await Shell.StartAsync(
            new MemoryData()
                .Add(Old, 0, Row("1", Old, "{\"x\":1}"))
                .Add(Recent, 0, Row("2", Recent, $"{{\"x\":1,{properties}}}"))
        );
        (await shell.RunAsync("sync --from 2025-07-01 --until 2025-07-02")).Ended(ExitCode.Done);
        var run = (await shell.RunAsync("sync --from 2025-07-01")).Ended(ExitCode.Done);
        Assert.Contains("property p4 of view is new", run.Flat);
        Assert.DoesNotContain("property p5 of view is new", run.Flat);
        Assert.Contains("4 more changes of events and properties: waveguide properties --drift", run.Flat);
    }

    [Fact]
    public async Task Names_that_others_chose_cannot_steer_a_terminal()
    {
        const string Evil = """evil\u001b[31m\r\n""";
        await using var shell = await Shell.StartAsync(
            new MemoryData()
                .Add(Old, 0, Row("1", Old, "{\"x\":1}"))
                .Add(Recent, 0, Row("2", Recent, $$"""{"{{Evil}}":1,"x":1},"event_type":"{{Evil}}" """))
        );
        (await shell.RunAsync("sync --from 2025-07-01 --until 2025-07-02")).Ended(ExitCode.Done);
        var run = (await shell.RunAsync("sync --from 2025-07-01")).Ended(ExitCode.Done);
        Assert.Contains("property evil [31m of evil [31m is new", run.Flat);
        var list = (await shell.RunAsync("properties --drift")).Ended(ExitCode.Done);
        Assert.Contains("evil [31m", list.Flat);
        Assert.DoesNotContain('\u001b', run.Out + run.Error + list.Out + (await shell.RunAsync("properties")).Out);
    }

    [Fact]
    public async Task A_lake_keeps_no_registry_and_is_counted_on_demand()
    {
        await using var shell = await StartAsync();
        (await shell.RunAsync("sync --from 2025-07-01 --destination file:lake?format=parquet")).Ended(ExitCode.Done);
        var json = (await shell.RunAsync("properties --json --destination file:lake")).Ended(ExitCode.Done).Json;
        Assert.Equal(
            "event view a/b ~c number,text 2 2025-07-01T08 2025-07-11T08 retyped",
            Texts(json[0], "kind", "event_type", "property", "types", "count", "first", "last", "drift")
        );
        Assert.Equal(4, json.Count);
        Assert.Equal(
            "view,new,1",
            await shell.CellsAsync(
                "select event_type, property, count from waveguide.properties where property = 'new'",
                "file:lake"
            )
        );
    }

    [Fact]
    public async Task An_event_type_that_came_day_by_day_and_has_stopped_for_a_week_is_told_once_and_a_rare_one_never()
    {
        var data = new MemoryData();
        for (var day = 0; day < 17; day++)
        {
            string[] types =
            [
                "steady",
                .. day < 9 ? (string[])["daily"] : [],
                .. day < 9 && day is not 1 and not 3 ? (string[])["workdays"] : [],
                .. day is 0 or 1 or 8 ? Enumerable.Repeat("campaign", 50) : [],
            ];
            var hour = Old.AddDays(day - 7);
            data.Add(hour, 0, [.. types.Select((type, number) => Of(type, (day * 100) + number, hour))]);
        }

        await using var shell = await Shell.StartAsync(data);
        var before = (await shell.RunAsync("sync --from 2025-06-24 --until 2025-07-09T08")).Ended(ExitCode.Done);
        Assert.DoesNotContain("event type", before.Flat);
        var run = (await shell.RunAsync("sync --from 2025-06-24")).Ended(ExitCode.Done);
        Assert.Contains("event type daily is gone, last seen 2025-07-02 08:00 UTC", run.Flat);
        Assert.Contains("event type workdays is gone, last seen 2025-07-02 08:00 UTC", run.Flat);
        Assert.DoesNotContain("campaign", run.Flat);
        Assert.DoesNotContain("event type", (await shell.RunAsync("sync --from 2025-06-24")).Flat);
        await shell.RunAsync("sync --from 2025-06-24 --destination file:lake");
        foreach (var destination in (string[])["duckdb:warehouse.duckdb", "file:lake"])
        {
            var drift = await shell.RunAsync($"properties --drift --destination {destination}");
            Assert.Equal(["daily (gone): 0 properties", "workdays (gone): 0 properties"], drift.OutLines);
            var json = (await shell.RunAsync($"properties --drift --json --destination {destination}")).Json;
            Assert.Equal(
                ["event daily  9 2025-07-02T08 gone", "event workdays  7 2025-07-02T08 gone"],
                json.Select(line => Texts(line, "kind", "event_type", "property", "count", "last", "drift"))
            );
        }

        static byte[] Of(string type, int number, DateTime hour) =>
            System.Text.Encoding.UTF8.GetBytes(
                $$"""{"event_type":"{{type}}","server_upload_time":"{{hour:yyyy-MM-dd HH}}:30:00.000000","uuid":"{{type}}{{number}}"}"""
            );
    }

    [Fact]
    public async Task Where_nothing_is_loaded_yet_it_says_how_to_load()
    {
        await using var shell = await StartAsync();
        foreach (var destination in (string[])["duckdb:warehouse.duckdb", "file:other"])
        {
            (await shell.RunAsync($"sync --table annotations --destination {destination}")).Ended(ExitCode.Done);
            var empty = (await shell.RunAsync($"properties --destination {destination}")).Ended(ExitCode.Done);
            Assert.Contains("No property to list.", empty.Flat);
        }

        Assert.Contains(
            "waveguide sync",
            (await shell.RunAsync("properties --destination file:lake")).Ended(ExitCode.Destination).Flat
        );
    }

    private static async Task<Shell> LoadedAsync()
    {
        var shell = await StartAsync();
        (await shell.RunAsync("sync --from 2025-07-01")).Ended(ExitCode.Done);
        return shell;
    }

    private static Task<Shell> StartAsync() =>
        Shell.StartAsync(
            new MemoryData()
                .Add(Old, 0, Row("1", Old, """{"a/b ~c":1,"gone":true}"""))
                .Add(Recent, 0, Row("2", Recent, """{"a/b ~c":"x","new":[1]}"""))
        );

    private static byte[] Row(string uuid, DateTime hour, string properties) =>
        Shell.Row(uuid, hour, $$"""{"event_properties":{{properties}},"user_properties":{"plan":"x"},"""[1..]);

    private static string Texts(JsonElement line, params string[] names) =>
        string.Join(
            ' ',
            names.Select(name =>
                line.GetProperty(name) is { ValueKind: JsonValueKind.Array } list
                    ? string.Join(',', list.EnumerateArray())
                    : line.GetProperty(name).ToString()
            )
        );
}
