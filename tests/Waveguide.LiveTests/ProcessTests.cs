using System.Text.Json;
using Waveguide.LiveTests.Lake;
using Waveguide.Simulator;
using Waveguide.Tests;

namespace Waveguide.LiveTests;

/// <summary>The program as a process: its exit codes, its signals, its lock.</summary>
public sealed class ProcessTests
{
    private static readonly DateTime Day = new(2025, 7, 7, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] OneDay = ["--from", "2025-07-07", "--until", "2025-07-08"];
    private static readonly string[] FiveDays = ["--from", "2025-07-07", "--until", "2025-07-12"];

    [Fact]
    public async Task The_half_day_of_a_real_website_lands_whole_and_a_second_run_downloads_nothing()
    {
        var data = Path.Combine(Repository.Root, "..", "shared", "data");
        Assert.SkipUnless(Directory.Exists(data), "The folder with real archives is not on this machine.");
        using var archives = new TemporaryFolder();
        foreach (var archive in Directory.EnumerateFiles(data, "real-export-*.zip"))
        {
            File.Copy(archive, archives.At(Path.GetFileName(archive)));
        }

        await using var served = await ServedProgram.StartAsync(new ArchiveFolder(archives.Path));
        string[] halfDay = ["sync", "--from", "2025-07-09", "--until", "2025-07-09T12"];
        Assert.Equal(0, (await served.RunAsync(halfDay)).Code);
        Assert.Equal(
            0,
            (await served.RunAsync("backfill", "--from", "2023-08-01T11", "--until", "2023-08-01T12")).Code
        );
        var requests = served.Requests;
        Assert.Equal(0, (await served.RunAsync(halfDay)).Code);
        Assert.Equal(requests, served.Requests);
        Assert.Equal(
            "457,12",
            await served.QueryAsync(
                "SELECT count(*), count(DISTINCT _upload_hour) FROM amplitude.events WHERE _upload_hour >= '2025-07-09'"
            )
        );
        Assert.Equal(
            "4,-1",
            await served.QueryAsync(
                "SELECT count(*), max(session_id) FROM amplitude.events WHERE _upload_hour < '2025-07-09'"
            )
        );
        Assert.Equal("13,confirmed", await served.QueryAsync("SELECT count(*), max(state) FROM waveguide.hours"));
    }

    [Fact]
    public async Task Interrupting_ends_the_run_in_good_order_and_the_next_run_finishes_it()
    {
        var faults = FaultScript.Of(
            new FaultRule
            {
                Fault = FaultKind.Stall,
                From = Day.AddDays(2),
                Until = Day.AddDays(3),
                Times = 1,
            }
        );
        var traffic = Traffic(days: 5);
        await using var served = await ServedProgram.StartAsync(traffic, faults);
        using (var program = served.Start(["sync", .. FiveDays]))
        {
            await program.HearAsync("events 2025-07-08 committed");
            await program.InterruptAsync();
            Assert.Equal(130, await program.EndAsync());
            Assert.Contains("interrupted: 48 of 120 hours committed", program.Out, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await served.RunAsync(["sync", .. FiveDays])).Code);
        var truth = Enumerable.Range(0, 120).Sum(hour => traffic.Truth(Day.AddHours(hour)).Events);
        Assert.Equal(
            $"{truth},{truth}",
            await served.QueryAsync("SELECT count(*), count(DISTINCT uuid) FROM amplitude.events")
        );
    }

    [Fact]
    public async Task A_warehouse_in_use_is_refused_with_the_name_of_its_user()
    {
        var faults = FaultScript.Of(new FaultRule { Fault = FaultKind.Stall });
        await using var served = await ServedProgram.StartAsync(Traffic(days: 1), faults);
        using var writer = served.Start(["sync", .. OneDay]);
        await writer.HearAsync("to fetch");
        foreach (var verb in new[] { "sync", "status" })
        {
            var second = await served.RunAsync([verb, .. OneDay]);
            Assert.Equal(4, second.Code);
            var sentence = $"warehouse.duckdb is in use by waveguide sync (process {writer.Id}, since";
            Assert.Contains(sentence, second.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("duckdb:", "warehouse.duckdb", 5)]
    [InlineData("file:", "lake?format=json", 5)]
    [InlineData("file:", "lake?format=json.gz", 1)]
    [InlineData("file:", "lake?format=parquet", 1)]
    public async Task A_full_disk_is_said_in_one_sentence_and_what_is_committed_stays(
        string scheme,
        string place,
        int megabytes
    )
    {
        var traffic = Traffic(days: 5);
        await using var served = await ServedProgram.StartAsync(traffic);
        using var disk = SmallDisk.Mount(served.At("disk"), megabytes);
        Assert.SkipWhen(disk is null, "A small disk can be mounted only by root on Linux.");
        var destination = $"{scheme}{served.At(Path.Combine("disk", place))}";
        var full = await served.RunAsync(["sync", "--destination", destination, .. FiveDays]);
        Assert.Equal(4, full.Code);
        Assert.Contains("is full", full.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", full.Error, StringComparison.Ordinal);
        disk.Grow(megabytes: 500);
        var rest = await served.RunAsync(["sync", "--destination", destination, .. FiveDays]);
        Assert.True(rest.Code == 0, rest.Error);
        var status = await served.RunAsync(["status", "--json", "--destination", destination, .. FiveDays]);
        Assert.Contains("\"confirmed\":120", status.Out, StringComparison.Ordinal);
        const string count = "SELECT count(*), count(DISTINCT uuid) FROM amplitude.events";
        served.Set("WAVEGUIDE_DESTINATION", destination);
        var truth = Enumerable.Range(0, 120).Sum(hour => traffic.Truth(Day.AddHours(hour)).Events);
        Assert.Equal($"{truth},{truth}", await served.QueryAsync(count));
    }

    [Fact]
    public async Task A_lake_that_may_not_be_written_is_said_in_one_sentence_and_read_all_the_same()
    {
        await using var served = await ServedProgram.StartAsync(Traffic(days: 1));
        using var disk = SmallDisk.Mount(served.At("disk"), megabytes: 50);
        Assert.SkipWhen(disk is null, "A small disk can be mounted only by root on Linux.");
        served.Set("WAVEGUIDE_DESTINATION", $"file:{served.At("disk/lake")}");
        Assert.Equal(0, (await served.RunAsync("sync", "--from", "2025-07-07", "--until", "2025-07-07T12")).Code);
        var before = await served.QueryAsync("SELECT count(*) FROM amplitude.events");
        disk.Protect();
        var (code, _, error) = await served.RunAsync(["sync", .. OneDay]);
        Assert.True(code == 4, error);
        Assert.Contains("is not allowed (Read-only file system", LakeRun.Flat(error), StringComparison.Ordinal);
        Assert.Contains("Check that you may write there", error, StringComparison.Ordinal);
        Assert.Equal(before, await served.QueryAsync("SELECT count(*) FROM amplitude.events"));
        disk.Grow(megabytes: 50);
        Assert.Equal(0, (await served.RunAsync(["sync", .. OneDay])).Code);
    }

    [Fact]
    public async Task The_demo_needs_nothing_and_answers_three_questions()
    {
        await using var served = await ServedProgram.StartAsync(new MemoryData());
        var run = await served.RunWithoutKeysAsync("demo");
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("72 hours, 0 rejected, 0 missing.", run.Out, StringComparison.Ordinal);
        Assert.Contains("Most viewed pages", run.Out, StringComparison.Ordinal);
        Assert.Contains("Visitors", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_as_json_has_the_shape_that_scripts_rely_on()
    {
        await using var served = await ServedProgram.StartAsync(Traffic(days: 1));
        await served.RunAsync(["sync", .. OneDay]);
        var status = await served.RunAsync(["status", "--json", .. OneDay]);
        using var json = JsonDocument.Parse(status.Out);
        Assert.Equal(
            ["project", "table", "from", "until", "hours", "rows", "rejected", "lag"],
            json.RootElement.EnumerateObject().Select(property => property.Name)
        );
        Assert.Equal(24, json.RootElement.GetProperty("hours").GetProperty("confirmed").GetInt32());
    }

    private static GeneratedTraffic Traffic(int days) =>
        GeneratedTraffic.Create(
            new TrafficOptions
            {
                FromUtc = Day,
                UntilUtc = Day.AddDays(days),
                EventsPerDay = 2_000,
            }
        );
}
