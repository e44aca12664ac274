using Microsoft.Extensions.Logging;
using Waveguide.Http;

namespace Waveguide.Amplitude;

/// <summary>The tables of one Amplitude project.</summary>
public sealed class AmplitudeSource : ISource, IDisposable
{
    private readonly AmplitudeOptions options;
    private readonly RequestSender sender;
    private readonly ExportClient export;
    private readonly TimeProvider clock;

    public AmplitudeSource(AmplitudeOptions options, TimeProvider clock, ILogger logger, Random? random = null)
    {
        this.options = options;
        this.clock = clock;
        sender = new RequestSender(RequestSender.CreateClient(), options.Send, clock, random ?? new Random(), logger);
        export = new ExportClient(sender, options);
    }

    public string Project => options.Project;

    public IReadOnlyList<Table> Tables { get; } = [EventsTable.Definition];

    public ValueTask<IReadOnlyList<Slice>> PlanAsync(
        Table table,
        IReadOnlyList<HourRange> wanted,
        int window,
        CancellationToken cancellationToken
    ) =>
        ValueTask.FromResult<IReadOnlyList<Slice>>([
            .. wanted.SelectMany(range => range.Cut(window)).Select(hours => new Slice(Project, table, hours, window)),
        ]);

    public async Task<FetchedSlice> FetchAsync(Slice slice, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var spool = SpoolFolder.Open(options.SpoolFolder);
        var place = spool.NewPlace();
        try
        {
            var parts = await export.FetchAsync(slice, spool, place.Path, cancellationToken);
            return new FetchedSlice(slice, readAt, parts, place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Asks each API by its cheapest call and tells what came of it.</summary>
    public Task<IReadOnlyList<ApiCheck>> CheckAsync(Availability availability, CancellationToken cancellationToken) =>
        new ApiChecks(sender, options).RunAsync(
            availability.SafeUntil(clock.GetUtcNow()).AddHours(-1),
            cancellationToken
        );

    public void Dispose() => sender.Dispose();
}
