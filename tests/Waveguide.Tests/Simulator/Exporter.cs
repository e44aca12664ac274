using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Waveguide.Simulator;

namespace Waveguide.Tests.Simulator;

/// <summary>A simulated Amplitude with one project of each region, and a plain client of it.</summary>
internal sealed class Exporter : IAsyncDisposable
{
    public static readonly DateTime Day = new(2025, 7, 9, 0, 0, 0, DateTimeKind.Utc);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private Exporter(SimulatedAmplitude amplitude) => Amplitude = amplitude;

    public SimulatedAmplitude Amplitude { get; }

    /// <summary>Two rows in each of the hours 8, 9 and 10 of <see cref="Day"/>, all published.</summary>
    public static MemoryData ThreeHours()
    {
        var data = new MemoryData();
        foreach (var hour in Enumerable.Range(8, 3))
        {
            data.Add(Day.AddHours(hour), 627, Row($"{hour}-a", hour), Row($"{hour}-b", hour));
        }
        return data;
    }

    public static byte[] Row(string uuid, int hour) =>
        Encoding.UTF8.GetBytes(
            $$"""{"$insert_key":null,"amplitude_id":1,"event_time":"2025-07-09 {{hour:00}}:00:00.000000","paying":null,"plan":{},"server_upload_time":"2025-07-09 {{hour:00}}:30:00.000000","user_properties":{"path":"/a"},"uuid":"{{uuid}}"}"""
        );

    public static Task<Exporter> StartAsync(params IReadOnlyList<FaultRule> faults) =>
        StartAsync(ThreeHours(), options => options with { Faults = FaultScript.Of(faults) });

    public static async Task<Exporter> StartAsync(
        IExportData data,
        Func<SimulatorOptions, SimulatorOptions>? change = null
    )
    {
        var options = new SimulatorOptions
        {
            Projects =
            [
                new SimulatedProject
                {
                    ApiKey = "key",
                    SecretKey = "secret",
                    Data = data,
                    Users = ["ana@example.org"],
                },
                new SimulatedProject
                {
                    ApiKey = "eu-key",
                    SecretKey = "eu-secret",
                    Data = data,
                    Region = SimulatedRegion.Eu,
                },
            ],
            Clock = new ManualClock(Day.AddDays(400)),
        };
        return new Exporter(await SimulatedAmplitude.StartAsync(change?.Invoke(options) ?? options));
    }

    public Task<HttpResponseMessage> GetAsync(string start, string end) => GetAsync(start, end, "key:secret");

    public Task<HttpResponseMessage> GetAsync(string start, string end, string keys, Uri? address = null) =>
        SendAsync(new Uri(address ?? Amplitude.Address, $"api/2/export?start={start}&end={end}"), Basic(keys));

    public async Task<HttpResponseMessage> SendAsync(Uri uri, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Authorization = authorization;
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The whole answer as an archive.</summary>
    public async Task<ZipArchive> ZipAsync(string start = "20250709T08", string end = "20250709T10")
    {
        using var response = await GetAsync(start, end);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("application/zip", response.Content.Headers.ContentType?.MediaType);
        return new ZipArchive(new MemoryStream(await response.Content.ReadAsByteArrayAsync()));
    }

    /// <summary>The lines of all members, in order.</summary>
    public async Task<List<string>> LinesAsync(string start = "20250709T08", string end = "20250709T10")
    {
        using var zip = await ZipAsync(start, end);
        return [.. zip.Entries.SelectMany(Lines)];
    }

    public static IEnumerable<string> Lines(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(new GZipStream(entry.Open(), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    public static string Uuid(string line) => JsonDocument.Parse(line).RootElement.GetProperty("uuid").GetString()!;

    public static AuthenticationHeaderValue Basic(string keys) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(keys)));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Amplitude.DisposeAsync();
    }
}
