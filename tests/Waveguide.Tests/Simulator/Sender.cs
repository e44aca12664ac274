using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Waveguide.Simulator;

namespace Waveguide.Tests.Simulator;

/// <summary>A simulated Amplitude with one project that takes uploads, a plain client of it, and its clock.</summary>
internal sealed class Sender : IAsyncDisposable
{
    public static readonly DateTime Noon = new(2025, 7, 9, 12, 0, 0, DateTimeKind.Utc);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private Sender(SimulatedAmplitude amplitude, ReceivedEvents data, ManualClock clock) =>
        (Amplitude, Data, Clock) = (amplitude, data, clock);

    public SimulatedAmplitude Amplitude { get; }

    public ReceivedEvents Data { get; }

    public ManualClock Clock { get; }

    public static async Task<Sender> StartAsync(ReceiptLimits? limits = null, IExportData? before = null)
    {
        var clock = new ManualClock(Noon);
        var data = new ReceivedEvents { Before = before };
        var options = new SimulatorOptions
        {
            Projects =
            [
                new SimulatedProject
                {
                    ApiKey = "key",
                    SecretKey = "secret",
                    Data = data,
                },
            ],
            Clock = clock,
            Receipt = limits ?? new ReceiptLimits(),
        };
        return new Sender(await SimulatedAmplitude.StartAsync(options), data, clock);
    }

    /// <summary>Sends events, which are the inside of a JSON list, and gives back status and body.</summary>
    public Task<(int Status, JsonElement Body)> UploadAsync(string events, string path = "2/httpapi") =>
        PostAsync(path, $$"""{"api_key":"key","events":[{{events}}]}""");

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, string body, bool asGzip = false)
    {
        using var content = new ByteArrayContent(
            asGzip ? Packed(Encoding.UTF8.GetBytes(body)) : Encoding.UTF8.GetBytes(body)
        );
        if (asGzip)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        using var response = await _http.PostAsync(new Uri(Amplitude.Address, path), content);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return ((int)response.StatusCode, json.RootElement.Clone());
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string, string)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(Amplitude.Address, path));
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return _http.SendAsync(request);
    }

    /// <summary>Sends the form of the Identify APIs, and gives back status and body.</summary>
    public async Task<string> IdentifyAsync(string path, string identification, string key = "key")
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["api_key"] = key,
                ["identification"] = identification,
            }
        );
        using var response = await _http.PostAsync(new Uri(Amplitude.Address, path), form);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    /// <summary>All rows so far, by hour and in the order of their arrival.</summary>
    public List<JsonElement> Rows()
    {
        List<JsonElement> rows = [];
        for (var hour = Data.FirstHour; hour <= Data.LastHour; hour = hour.Value.AddHours(1))
        {
            rows.AddRange(
                Data.Parts(hour.Value).SelectMany(Lines).Select(line => JsonDocument.Parse(line).RootElement)
            );
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Amplitude.DisposeAsync();
    }

    private static string[] Lines(ExportPart part)
    {
        using var reader = new StreamReader(
            new GZipStream(new MemoryStream(part.Gzip.ToArray()), CompressionMode.Decompress)
        );
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
