using Microsoft.Extensions.Logging;
using Waveguide.Amplitude.Tables;
using Waveguide.Http;

namespace Waveguide.Amplitude;

/// <summary>The tables of one Amplitude project.</summary>
public sealed class AmplitudeSource : ISource
{
    private readonly AmplitudeOptions _options;
    private readonly SpoolFolder _spool;
    private readonly RequestSender _sender;
    private readonly ExportClient _export;
    private readonly AmplitudePace _pace;
    private readonly Dictionary<string, ITableReader> _readers;
    private readonly TimeProvider _clock;

    /// <param name="pace">Shared by the sources of a run.</param>
    public AmplitudeSource(
        AmplitudeOptions options,
        AmplitudePace pace,
        TimeProvider clock,
        ILogger logger,
        Random? random = null
    )
    {
        (_options, _pace) = (options, pace);
        _clock = clock;
        _spool = new SpoolFolder(options.SpoolFolder);
        _sender = new RequestSender(RequestSender.CreateClient(), options.Send, clock, random ?? new Random(), logger);
        _export = new ExportClient(_sender, options);
        _readers = TableReaders.Of(_sender, options, pace).ToDictionary(reader => reader.Table.Name);
    }

    public string Project => _options.Project;

    public IReadOnlyList<Table> Tables => AmplitudeTables.OfApis;

    public ValueTask<IReadOnlyList<Slice>> PlanAsync(
        Table table,
        IReadOnlyList<HourRange> wanted,
        int window,
        CancellationToken cancellationToken
    ) =>
        ValueTask.FromResult<IReadOnlyList<Slice>>([
            .. wanted
                .SelectMany(range => table.Kind == TableKind.Daily ? Days(range) : range.Cut(window))
                .Select(hours => new Slice(Project, table, hours, window)),
        ]);

    public async Task<FetchedSlice> FetchAsync(Slice slice, SliceContent? content, CancellationToken cancellationToken)
    {
        var readAt = _clock.GetUtcNow();
        var place = _spool.Take();
        try
        {
            var answer = _readers.TryGetValue(slice.Table.Name, out var reader)
                ? await reader.ReadAsync(slice, place, cancellationToken)
                : await _export.FetchAsync(slice, place, content, cancellationToken);
            return new FetchedSlice(slice, readAt, answer.Parts, place)
            {
                Archive = answer.Archive,
                Content = content,
                Kept = answer.Kept,
                Notices = answer.Notices,
                Lacking = answer.Lacking,
                Committed = answer.Committed,
            };
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Removes from the spool folder what killed processes left there, as the first fetch does. A folder that cannot be
    /// used is left for that fetch to complain about.
    /// </summary>
    public void RemoveLeft()
    {
        try
        {
            if (Directory.Exists(_options.SpoolFolder))
            {
                SpoolFolder.RemoveLeft(_options.SpoolFolder);
            }
        }
        catch (Exception reason) when (SpoolFolder.IsOfDisk(reason))
        {
            return;
        }
    }

    /// <summary>Asks each API by its cheapest call and tells what came of it.</summary>
    public Task<IReadOnlyList<ApiCheck>> CheckAsync(Availability availability, CancellationToken cancellationToken) =>
        new ApiChecks(_sender, _export, _options, _pace.Dashboard(Project)).RunAsync(
            availability.SafeUntil(_clock.GetUtcNow()).AddHours(-1),
            cancellationToken
        );

    /// <summary>
    /// Amplitude's own count of events by day of event time, in the time zone of the project. A day that is not in the
    /// answer is not known.
    /// </summary>
    /// <param name="last">Included.</param>
    /// <exception cref="SourceException">The Dashboard REST API does not give it.</exception>
    public Task<IReadOnlyDictionary<DateOnly, long>> DailyTotalsAsync(
        DateOnly first,
        DateOnly last,
        CancellationToken cancellationToken
    ) => new DailyTotals(_sender, _options, _pace.Dashboard(Project)).ReadAsync(first, last, cancellationToken);

    public void Dispose()
    {
        _export.Dispose();
        _sender.Dispose();
        _spool.Dispose();
    }

    /// <summary>A request of the Dashboard REST API answers many days, but each of them costs (its page, "Rate limits").</summary>
    private static IEnumerable<HourRange> Days(HourRange range)
    {
        const int hours = 30 * 24;
        for (var from = range.From; from < range.Until; from = from.AddHours(hours))
        {
            var until = from.AddHours(hours);
            yield return new HourRange(from, until < range.Until ? until : range.Until);
        }
    }
}
