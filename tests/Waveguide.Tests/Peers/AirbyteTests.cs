using Waveguide.Amplitude;
using Waveguide.Http;
using Waveguide.Simulator;
using Waveguide.Tests.Scanning;

namespace Waveguide.Tests.Peers;

/// <summary>The cases by which Airbyte's connector is tested, with our behaviour where theirs loses data.</summary>
public sealed class AirbyteTests
{
    private static readonly DateTime Hour = new(2023, 8, 1, 11, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A1_an_archive_whose_name_has_two_slashes_gives_its_four_rows_with_typed_times()
    {
        var data = Path.Combine(Repository.Root, "..", "shared", "data", "real-export-4-server-events.zip");
        Assert.SkipUnless(File.Exists(data), "The folder with real archives is not on this machine.");
        using var archives = new TemporaryFolder();
        File.Copy(data, archives.At("four.zip"));
        await using var rig = await Rig.StartAsync(new ArchiveFolder(archives.Path), "2023-09-01T00:00");
        Assert.Equal(4, (await rig.SyncAsync("2023-08-01T11", "2023-08-01T12")).Tally.Rows);
        const string Times =
            "SELECT count(*) FROM amplitude.events WHERE typeof(event_time) = 'TIMESTAMP' AND server_upload_time >= '2023-08-01 11:00:00'";
        Assert.Equal([4L], await rig.QueryAsync(Times));
    }

    [Fact]
    public async Task A2_a_last_line_without_its_newline_is_a_row_and_an_unknown_key_is_kept()
    {
        var gzip = Spool.Gzip("{\"id\":123}"u8);
        var part = new ExportPart("1/1_2023-08-01_11#0.json.gz", gzip, JsonBytes: 10, Events: 1);
        await using var rig = await Rig.StartAsync(new MemoryData().Add(Hour, part), "2023-09-01T00:00");
        await rig.SyncAsync("2023-08-01T11", "2023-08-01T12");
        Assert.Equal(["{\"id\":123}"], await rig.QueryAsync("SELECT _extra::VARCHAR FROM amplitude.events"));
    }

    [Fact]
    public async Task A3_a_gzip_file_where_an_archive_is_due_is_said_to_be_no_zip()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.At("zipped.json.gz"), Spool.Gzip("{\"id\":123}\n"u8));
        using var spool = new SpoolFolder(folder.Path);
        var hours = HourRange.Single(UploadHour.Parse("2023-08-01T11"));
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() =>
            ExportArchive.VerifyAsync(hours, folder.At("zipped.json.gz"), spool, content: null, default)
        );
        Assert.Contains("is not a zip archive", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"event_time\":\"2021-05-27 11:59:53.710000\",", "2021-05-27 11:59:53.71", null)]
    [InlineData("\"event_time\":null,", null, null)]
    [InlineData("\"event_time\":\"\",", null, "{\"event_time\":\"\"}")]
    [InlineData("", null, null)]
    [InlineData("\"event_time\":\"2021-01-01\",", "2021-01-01 00:00:00", null)]
    [InlineData("\"event_time\":\"not a date\",", null, "{\"event_time\":\"not a date\"}")]
    public async Task A4_a_time_that_is_none_is_null_and_kept_beside_the_row(string key, string? time, string? extra)
    {
        var row = System.Text.Encoding.UTF8.GetBytes($$"""{{{key}}"uuid":"a"}""");
        await using var rig = await Rig.StartAsync(new MemoryData().Add(Hour, 0, row), "2023-09-01T00:00");
        Assert.Equal(1, (await rig.SyncAsync("2023-08-01T11", "2023-08-01T12")).Tally.Rows);
        Assert.Equal([time], await rig.QueryAsync("SELECT event_time::VARCHAR FROM amplitude.events"));
        Assert.Equal([extra], await rig.QueryAsync("SELECT _extra::VARCHAR FROM amplitude.events"));
    }

    [Fact]
    public async Task A5_days_are_asked_for_with_both_ends_included_and_none_overlaps()
    {
        await using var rig = await Rig.StartAsync(new MemoryData(), "2023-08-06T02:00");
        await rig.SyncAsync("2023-08-01");
        var days = Enumerable.Range(1, 5).Select(day => $"2023080{day}T00-2023080{day}T23");
        Assert.Equal(days, rig.Requests.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A5_a_start_after_now_asks_for_nothing()
    {
        await using var rig = await Rig.StartAsync(new MemoryData(), "2023-08-05T00:00");
        Assert.Empty((await rig.SyncAsync("2023-08-07")).Committed);
        Assert.Empty(rig.Requests);
    }

    [Fact]
    public async Task A6_no_data_is_no_failure_and_the_hours_count_as_done()
    {
        await using var rig = await Rig.StartAsync(new MemoryData(), "2023-09-01T00:00");
        var report = await rig.SyncAsync("2023-08-01", "2023-08-02");
        Assert.Equal((24, 0), (report.Hours, report.Failed.Count));
        Assert.Empty((await rig.SyncAsync("2023-08-01", "2023-08-02")).Plan.Slices);
    }

    [Fact]
    public async Task A6_a_server_that_keeps_failing_is_asked_six_times_and_then_the_hours_are_noted_as_failed()
    {
        var faults = FaultScript.Of(new FaultRule { Fault = FaultKind.Status, Status = 500 });
        await using var rig = await Rig.StartAsync(
            new MemoryData(),
            "2023-09-01T00:00",
            options => options with { Faults = faults }
        );
        var failed = Assert.Single((await rig.SyncAsync("2023-08-01", "2023-08-02")).Failed);
        Assert.Contains("Amplitude cannot answer now (500", failed.Reason.Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat("20230801T00-20230801T23", 6), rig.Requests);
        Assert.All((await rig.CoverageAsync()).Records, record => Assert.Equal(HourState.Failed, record.State));
    }

    [Fact]
    public async Task A6_refused_keys_end_the_run_after_one_request()
    {
        await using var rig = await Rig.StartAsync(new MemoryData(), "2023-09-01T00:00");
        rig.SecretKey = "wrong";
        var failure = await Assert.ThrowsAsync<SourceException>(() => rig.SyncAsync("2023-08-01", "2023-08-02"));
        Assert.Equal(SourceFailure.Refused, failure.Failure);
        Assert.Single(rig.Requests);
    }
}
