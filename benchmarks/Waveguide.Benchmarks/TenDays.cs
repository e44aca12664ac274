using Waveguide.Simulator;

namespace Waveguide.Benchmarks;

/// <summary>A warehouse with ten generated days, as the published program fills it and works on it.</summary>
internal sealed class TenDays
{
    private const int Days = 10;
    private const int EventsPerDay = 242_000;

    private static readonly UploadHour From = UploadHour.Parse("2026-11-09");
    private static readonly UploadHour LastHour = From.AddHours((24 * Days) - 10);

    private readonly Published _program;
    private readonly GeneratedTraffic _traffic = GeneratedTraffic.Create(
        new TrafficOptions
        {
            FromUtc = From.Start,
            UntilUtc = LastHour.Next.Start,
            EventsPerDay = EventsPerDay,
        }
    );

    private TenDays(string folder, Published program) => (Folder, _program) = (folder, program);

    public string Folder { get; }

    public static TenDays In(string folder, Published program) =>
        new(Directory.CreateDirectory(folder).FullName, program);

    public Task LandAllButOneHourAsync() => LandAsync(From, LastHour);

    public Task LandTheLastHourAsync() => LandAsync(LastHour, LastHour.Next);

    public Task<Measured> CallAsync(params IEnumerable<string> arguments) =>
        Measured.RunAsync(_program.Call(Folder, [.. arguments, "--quiet"]));

    public async Task<long> EventsAsync() =>
        (long)(await Warehouse.RowsAsync(Folder, "SELECT count(*) FROM amplitude.events"))[0][0]!;

    /// <summary>Seconds that each model took when it was last built.</summary>
    public async Task<IReadOnlyDictionary<string, double>> ModelsAsync()
    {
        var rows = await Warehouse.RowsAsync(Folder, "SELECT name, seconds FROM waveguide.models");
        return rows.ToDictionary(row => (string)row[0]!, row => (double)row[1]!, StringComparer.Ordinal);
    }

    private async Task LandAsync(UploadHour from, UploadHour until)
    {
        await using var simulated = await Day.ServeAsync(_traffic);
        var call = _program.Call(Folder, "backfill", "--from", $"{from}", "--until", $"{until}", "--quiet");
        await Measured.RunAsync(Commands.Connected(call, simulated.Address));
    }
}
