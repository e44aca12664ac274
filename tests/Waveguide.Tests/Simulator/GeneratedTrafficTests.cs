using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Waveguide.Simulator;

namespace Waveguide.Tests.Simulator;

public sealed class GeneratedTrafficTests
{
    private const string Form = "yyyy-MM-dd HH:mm:ss.ffffff";

    private static readonly TrafficOptions Options = new()
    {
        FromUtc = Exporter.Day,
        UntilUtc = Exporter.Day.AddDays(2),
        EventsPerDay = 4_000,
    };

    private static readonly Lazy<List<(DateTime Hour, JsonElement Row)>> Rows = new(() => ReadAll(Options));

    [Fact]
    public void Rows_have_exactly_the_55_keys_in_sorted_order()
    {
        var keys = Rows.Value[0].Row.EnumerateObject().Select(value => value.Name).ToList();
        Assert.Equal(55, keys.Count);
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        Assert.All(Rows.Value, item => Assert.Equal(keys, item.Row.EnumerateObject().Select(value => value.Name)));
    }

    [Fact]
    public void Each_row_lies_in_the_hour_of_its_upload()
    {
        Assert.All(
            Rows.Value,
            item =>
            {
                var uploaded = Time(item.Row, "server_upload_time");
                Assert.Equal(item.Hour, uploaded.AddTicks(-(uploaded.Ticks % TimeSpan.TicksPerHour)));
                Assert.True(Time(item.Row, "server_received_time") <= uploaded);
                Assert.True(uploaded <= Time(item.Row, "processed_time"));
            }
        );
    }

    [Fact]
    public void Event_time_follows_the_rule_of_sixty_seconds()
    {
        var corrected = 0;
        foreach (var (_, row) in Rows.Value)
        {
            var skew = Time(row, "server_received_time") - Time(row, "client_upload_time");
            var correction = skew.Duration() < TimeSpan.FromSeconds(60) ? TimeSpan.Zero : skew;
            Assert.Equal(Time(row, "client_event_time") + correction, Time(row, "event_time"));
            corrected += correction == TimeSpan.Zero ? 0 : 1;
        }
        Assert.InRange(corrected, 1, Rows.Value.Count / 10);
    }

    [Fact]
    public void Truth_agrees_with_the_rows()
    {
        var data = GeneratedTraffic.Create(Options);
        foreach (var hour in Rows.Value.GroupBy(item => item.Hour))
        {
            var truth = data.Truth(hour.Key);
            Assert.Equal(hour.Count(), truth.Events);
            Assert.Equal(hour.Select(item => item.Row.GetProperty("uuid").GetGuid()).Order(), truth.Uuids.Order());
            var sessions = hour.Select(Session).Where(session => session.Id != -1).Distinct();
            Assert.Equal(sessions.Count(), truth.Sessions);
        }
        Assert.Equal(
            Rows.Value.Count,
            Rows.Value.Select(item => item.Row.GetProperty("uuid").GetGuid()).Distinct().Count()
        );
    }

    [Fact]
    public void The_same_options_give_the_same_bytes_in_any_order_of_asking()
    {
        var hours = Enumerable.Range(0, 30).Select(hour => Exporter.Day.AddHours(hour)).ToList();
        var first = GeneratedTraffic.Create(Options);
        var second = GeneratedTraffic.Create(Options with { CacheBytes = 0 });
        var forward = hours.ToDictionary(hour => hour, hour => first.Parts(hour));
        hours.Reverse();
        foreach (var hour in hours)
        {
            var again = second.Parts(hour);
            Assert.Equal(forward[hour].Select(part => part.Name), again.Select(part => part.Name));
            Assert.Equal(forward[hour].Select(part => part.Gzip.ToArray()), again.Select(part => part.Gzip.ToArray()));
        }
        var other = GeneratedTraffic.Create(Options with { Seed = 2 });
        Assert.NotEqual(forward[hours[0]][0].Gzip.ToArray(), other.Parts(hours[0])[0].Gzip.ToArray());
    }

    [Fact]
    public async Task An_archive_larger_than_the_cache_is_the_same()
    {
        var answers = new List<byte[]>();
        foreach (var cache in new[] { 1L << 30, 1 })
        {
            var data = GeneratedTraffic.Create(Options with { CacheBytes = cache, Shards = 2 });
            await using var exporter = await Exporter.StartAsync(data);
            using var response = await exporter.GetAsync("20250709T00", "20250709T23");
            answers.Add(await response.Content.ReadAsByteArrayAsync());
        }
        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public void Repeated_clicks_are_as_many_as_the_truth_says()
    {
        var data = GeneratedTraffic.Create(Options);
        var bursts = Enumerable.Range(0, 48).Sum(hour => data.Truth(Exporter.Day.AddHours(hour)).RageBursts);
        var sessions = Rows
            .Value.Where(item => Type(item.Row) == "[Amplitude] Element Clicked")
            .GroupBy(Session)
            .Select(session => session.Select(item => Time(item.Row, "event_time")).Order().ToList());
        var quick = sessions.Count(times =>
            times.Zip(times.Skip(2)).Any(pair => pair.Second - pair.First < TimeSpan.FromSeconds(1))
        );
        Assert.InRange(bursts, 10, 200);
        Assert.InRange(quick, bursts * 3 / 4, bursts);
    }

    [Theory]
    [InlineData(30, 5_000)]
    [InlineData(0, -1)]
    public void Options_out_of_range_are_refused(int minutes, int eventsPerDay) =>
        Assert.Throws<ArgumentException>(() =>
            GeneratedTraffic.Create(
                Options with
                {
                    FromUtc = Exporter.Day.AddMinutes(minutes),
                    EventsPerDay = eventsPerDay,
                }
            )
        );

    [Fact]
    public void Traffic_is_as_odd_as_the_real_one()
    {
        var rows = Rows.Value.ConvertAll(item => item.Row);
        var late = rows.Where(row =>
            Type(row) == "session_end" && Time(row, "event_time").Date != Time(row, "server_upload_time").Date
        );
        var ahead = rows.Where(row => Time(row, "event_time") > Time(row, "server_upload_time"));
        var servers = rows.Where(row => row.GetProperty("session_id").GetInt64() == -1);
        var known = rows.Where(row => row.GetProperty("user_id").ValueKind == JsonValueKind.String);
        var text = string.Join('\n', rows);
        Assert.All([late, ahead, servers, known], Assert.NotEmpty);
        Assert.All(
            ["\\u", "\\n", "\"EMPTY\"", "\"List Id\":\"", "\"List Id\":1", ".co.uk/", ".de/", ".fr/"],
            found => Assert.Contains(found, text, StringComparison.Ordinal)
        );
        Assert.InRange(rows.Select(row => row.GetProperty("country").GetString()).Distinct().Count(), 30, 39);
        Assert.InRange(rows.Average(row => row.GetRawText().Length), 2_000, 2_800);
        Assert.Subset(GeneratedTraffic.EventTypes.ToHashSet(), rows.Select(Type).ToHashSet());
    }

    [Theory]
    [InlineData(4_000, 0, "#0")]
    [InlineData(4_000, 2, "#627 #70")]
    [InlineData(4_000, 3, "#627 #70 #912")]
    public void Shard_numbers_are_odd(int eventsPerDay, int shards, string expected)
    {
        var data = GeneratedTraffic.Create(Options with { EventsPerDay = eventsPerDay, Shards = shards });
        var names = data.Parts(Exporter.Day.AddHours(12)).Select(part => part.Name);
        Assert.Equal(
            expected.Split(' ').Select(shard => $"100482193/100482193_2025-07-09_12{shard}.json.gz"),
            names.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Files_may_have_several_members_and_no_last_newline()
    {
        var hour = Exporter.Day.AddHours(12);
        var usual = GeneratedTraffic.Create(Options).Parts(hour)[0];
        var odd = GeneratedTraffic.Create(Options with { GzipMembers = 4, FinalNewline = false }).Parts(hour)[0];
        Assert.Equal(usual.Events, odd.Events);
        Assert.Equal(Unpack(usual).TrimEnd('\n'), Unpack(odd));
        Assert.Equal(usual.JsonBytes - 1, odd.JsonBytes);
        Assert.Equal(4, Members(odd));
    }

    private static List<(DateTime Hour, JsonElement Row)> ReadAll(TrafficOptions options)
    {
        var data = GeneratedTraffic.Create(options);
        List<(DateTime, JsonElement)> rows = [];
        for (var hour = data.FirstHour!.Value; hour <= data.LastHour; hour = hour.AddHours(1))
        {
            foreach (var part in data.Parts(hour))
            {
                var lines = Unpack(part).Split('\n')[..^1];
                Assert.Equal(part.Events, lines.Length);
                rows.AddRange(lines.Select(line => (hour, JsonDocument.Parse(line).RootElement)));
            }
        }
        return rows;
    }

    private static string Unpack(ExportPart part)
    {
        using var gzip = new GZipStream(new MemoryStream(part.Gzip.ToArray()), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }

    private static int Members(ExportPart part)
    {
        var bytes = part.Gzip.Span;
        var members = 0;
        ReadOnlySpan<byte> start = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0];
        for (var at = bytes.IndexOf(start); at >= 0; at = bytes.IndexOf(start))
        {
            bytes = bytes[(at + 1)..];
            members++;
        }
        return members;
    }

    private static DateTime Time(JsonElement row, string key) =>
        DateTime.ParseExact(row.GetProperty(key).GetString()!, Form, CultureInfo.InvariantCulture);

    private static string Type(JsonElement row) => row.GetProperty("event_type").GetString()!;

    private static (string? Device, long Id) Session((DateTime Hour, JsonElement Row) item) =>
        (item.Row.GetProperty("device_id").GetString(), item.Row.GetProperty("session_id").GetInt64());
}
