using System.Text;
using Waveguide.Amplitude;
using Waveguide.Diagnostics;
using Waveguide.Http;
using Waveguide.Scanning;
using Waveguide.Simulator;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Amplitude;

/// <summary>A source that asks a simulated Amplitude, on a clock on which nobody waits.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string ApiKey = "4f1c0d9e7a6b5c3d2e1f";
    public const string SecretKey = "b7e2a9c4d1f08365";

    private static readonly DateTimeOffset Now = new(Exporter.Day.AddDays(400));

    private readonly TemporaryFolder _folder = new();

    private Desk(SimulatedAmplitude amplitude, Func<AmplitudeOptions, AmplitudeOptions> change)
    {
        Amplitude = amplitude;
        Spool = _folder.At("spool");
        Options = change(
            new AmplitudeOptions
            {
                Project = "web",
                ApiKey = new Secret(ApiKey),
                SecretKey = new Secret(SecretKey),
                Url = amplitude.Address,
                SpoolFolder = Spool,
                Send = new SendOptions { Stall = TimeSpan.FromMinutes(10) },
            }
        );
        Source = new AmplitudeSource(Options, new AmplitudePace(Clock), Clock, Log, new Random(1));
    }

    public SimulatedAmplitude Amplitude { get; }

    public AmplitudeOptions Options { get; }

    public AmplitudeSource Source { get; }

    public ImpatientClock Clock { get; } = new(Now);

    public LogLines Log { get; } = new();

    public string Spool { get; }

    /// <summary>How often Amplitude was asked for an export.</summary>
    public int Calls => Amplitude.Requests.Count(request => request.Path == "/api/2/export");

    public static Task<Desk> StartAsync(params IReadOnlyList<FaultRule> faults) =>
        StartAsync(Simulation(Exporter.ThreeHours()) with { Faults = FaultScript.Of(faults) });

    public static async Task<Desk> StartAsync(
        SimulatorOptions simulation,
        Func<AmplitudeOptions, AmplitudeOptions>? change = null
    ) => new(await SimulatedAmplitude.StartAsync(simulation), change ?? (options => options));

    public static SimulatorOptions Simulation(IExportData data) =>
        new()
        {
            Projects =
            [
                new SimulatedProject
                {
                    ApiKey = ApiKey,
                    SecretKey = SecretKey,
                    Data = data,
                },
            ],
            Clock = new ManualClock(Exporter.Day.AddDays(400)),
        };

    /// <summary>Completes once the first request for an export has reached Amplitude.</summary>
    public async Task CalledAsync()
    {
        while (Calls == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    /// <summary>Hours of the day of <see cref="Exporter.Day"/>.</summary>
    public Slice Slice(int from = 8, int until = 11) => SliceOf(Source, from, until);

    public static Slice SliceOf(AmplitudeSource source, int from = 8, int until = 11)
    {
        var midnight = UploadHour.Of(Exporter.Day);
        return new Slice(
            source.Project,
            source.Tables[0],
            new HourRange(midnight.AddHours(from), midnight.AddHours(until))
        );
    }

    public Task<FetchedSlice> FetchAsync(int from = 8, int until = 11) =>
        Source.FetchAsync(Slice(from, until), content: null, CancellationToken.None);

    /// <summary>The failure of a fetch, after which nothing may lie in the spool folder.</summary>
    public async Task<SourceException> FailureAsync(int from = 8, int until = 11)
    {
        var failure = await Assert.ThrowsAsync<SourceException>(() => FetchAsync(from, until));
        Assert.Empty(Spooled());
        return failure;
    }

    /// <summary>Fetches the three hours that hold two rows each, and nothing else.</summary>
    public async Task AssertLoadsAsync()
    {
        using var fetched = await FetchAsync();
        Assert.Equal(["8-a", "8-b", "9-a", "9-b", "10-a", "10-b"], Lines(fetched).Select(Exporter.Uuid));
    }

    /// <summary>The files in the spool folder that have anything in them.</summary>
    public IReadOnlyList<string> Spooled() => _folder.Filled("spool");

    public static IEnumerable<string> Lines(FetchedSlice fetched) => fetched.Parts.SelectMany(Lines);

    public static string[] Lines(FetchedPart part) =>
        Encoding.UTF8.GetString(Content(part)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static byte[] Content(FetchedPart part)
    {
        using var stream = PartStream.Open(part);
        using var content = new MemoryStream();
        var buffer = new byte[1 << 12];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        Source.Dispose();
        await Amplitude.DisposeAsync();
        _folder.Dispose();
    }
}
