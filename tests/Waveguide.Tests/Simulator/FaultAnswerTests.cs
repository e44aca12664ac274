using System.IO.Compression;
using Waveguide.Simulator;

namespace Waveguide.Tests.Simulator;

public sealed class FaultAnswerTests
{
    [Theory]
    [InlineData(400, null)]
    [InlineData(401, null)]
    [InlineData(403, null)]
    [InlineData(404, null)]
    [InlineData(429, 3)]
    [InlineData(500, null)]
    [InlineData(502, null)]
    [InlineData(503, 1)]
    [InlineData(504, null)]
    public async Task A_run_of_a_status_ends_after_its_times(int status, int? retryAfter)
    {
        await using var exporter = await Exporter.StartAsync(
            new FaultRule
            {
                Fault = FaultKind.Status,
                Status = status,
                RetryAfter = retryAfter,
                Times = 2,
            }
        );
        List<int> statuses = [];
        for (var request = 0; request < 3; request++)
        {
            using var response = await exporter.GetAsync("20250709T08", "20250709T08");
            statuses.Add((int)response.StatusCode);
            Assert.Equal(request < 2 ? retryAfter : null, response.Headers.RetryAfter?.Delta?.TotalSeconds);
        }
        Assert.Equal([status, status, 200], statuses);
    }

    [Fact]
    public async Task A_rule_strikes_the_hours_and_the_request_it_names()
    {
        await using var exporter = await Exporter.StartAsync(
            new FaultRule
            {
                Fault = FaultKind.Status,
                From = Exporter.Day.AddHours(9),
                Until = Exporter.Day.AddHours(10),
                Request = 3,
            }
        );
        List<int> statuses = [];
        foreach (var hour in new[] { "08", "09", "08", "09", "10" })
        {
            using var response = await exporter.GetAsync($"20250709T{hour}", $"20250709T{hour}");
            statuses.Add((int)response.StatusCode);
        }
        Assert.Equal([200, 200, 200, 503, 200], statuses);
    }

    [Theory]
    [InlineData(FaultKind.TextBody, "Rate limit exceeded")]
    [InlineData(FaultKind.EmptyBody, "")]
    public async Task A_200_may_not_be_a_zip(FaultKind fault, string body)
    {
        await using var exporter = await Exporter.StartAsync(new FaultRule { Fault = fault });
        using var response = await exporter.GetAsync("20250709T08", "20250709T08");
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_empty_zip_is_whole()
    {
        await using var exporter = await Exporter.StartAsync(new FaultRule { Fault = FaultKind.EmptyZip });
        using var zip = await exporter.ZipAsync();
        Assert.Empty(zip.Entries);
    }

    [Theory]
    [InlineData(FaultKind.CutBody)]
    [InlineData(FaultKind.Reset)]
    public async Task A_cut_or_reset_body_is_noticed_by_HTTP(FaultKind fault)
    {
        await using var exporter = await Exporter.StartAsync(new FaultRule { Fault = fault, AfterBytes = 100 });
        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            using var response = await exporter.GetAsync("20250709T08", "20250709T10");
            Assert.Equal(200, (int)response.StatusCode);
            Assert.True(response.Content.Headers.ContentLength > 100);
            await response.Content.ReadAsByteArrayAsync();
        });
    }

    [Fact]
    public async Task A_body_cut_in_chunks_ends_in_good_order()
    {
        await using var exporter = await Exporter.StartAsync(new FaultRule { Fault = FaultKind.CutBodyChunked });
        using var response = await exporter.GetAsync("20250709T08", "20250709T10");
        Assert.Null(response.Content.Headers.ContentLength);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("PK\u0003\u0004"u8, bytes.AsSpan(0, 4));
        Assert.Throws<InvalidDataException>(() => new ZipArchive(new MemoryStream(bytes)));
    }

    [Fact]
    public async Task A_delayed_answer_is_good()
    {
        await using var exporter = await Exporter.StartAsync(new FaultRule { Fault = FaultKind.Delay, Seconds = 0.3 });
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(6, (await exporter.LinesAsync()).Count);
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.25));
    }

    [Fact]
    public async Task A_stall_lasts_until_the_client_gives_up()
    {
        await using var exporter = await Exporter.StartAsync(new FaultRule { Fault = FaultKind.Stall, Times = 1 });
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = Exporter.Basic("key:secret");
        var uri = new Uri(exporter.Amplitude.Address, "api/2/export?start=20250709T08&end=20250709T08");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.GetAsync(uri, patience.Token));
        Assert.Equal(2, (await exporter.LinesAsync("20250709T08", "20250709T08")).Count);
    }
}
