using System.Text.Json;
using System.Text.Json.Nodes;
using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>
/// The planned properties of every event type: one question for each type, for a property's name repeats from type to
/// type (Taxonomy API, "Get all event properties").
/// </summary>
internal sealed class EventPropertiesReader(RestApi api) : ITableReader
{
    public Table Table => TaxonomyTables.EventProperties;

    public async Task<TableAnswer> ReadAsync(Slice slice, SpoolFolder.Place place, CancellationToken cancellationToken)
    {
        using var types = await api.GetAsync(Table.Name, "/api/2/taxonomy/event", cancellationToken);
        using var part = PartFile.Create(slice.Hours.From, $"{Table.Name}.json.gz", place);
        var gone = new List<string>();
        foreach (var type in types.Rows("data").Select(EventType))
        {
            try
            {
                var path = $"/api/2/taxonomy/event-property?event_type={Uri.EscapeDataString(type)}";
                using var answer = await api.GetAsync(Table.Name, path, cancellationToken);
                foreach (var row in answer.Rows("data"))
                {
                    var property = JsonObject.Create(row)!;
                    property["event_type"] = type;
                    part.Add(property);
                }
            }
            catch (SourceException reason) when (reason.Failure == SourceFailure.NotAccepted)
            {
                gone.Add(type);
            }
        }

        return new TableAnswer([part.Finish()])
        {
            Notices =
                gone.Count == 0
                    ? []
                    : [$"has no properties of {string.Join(", ", gone)}: Amplitude does not know them any more"],
        };
    }

    private string EventType(JsonElement row) =>
        row.TryGetProperty("event_type", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : throw RestAnswer.Odd(Table.Name, "an event type without a name");
}
