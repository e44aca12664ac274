using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>The readers of a project's tables, but for the events.</summary>
internal static class TableReaders
{
    public static IEnumerable<ITableReader> Of(RequestSender sender, AmplitudeOptions options) =>
        [new ListReader(sender, options, EventsListTable.Definition, "/api/2/events/list", "data")];
}
