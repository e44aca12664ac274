using System.Text;
using Waveguide.Amplitude;

namespace Waveguide.Tests.Scanning;

/// <summary>Lines of the events table: all 55 keys in their order, with values like those of real rows.</summary>
internal static class EventLine
{
    private const string Uuid = "ec5c7cd3-f907-47b4-a398-1d01eaffcb63";

    public static string Ordinary { get; } = With();

    /// <summary>An ordinary line with other values for some keys, as JSON; keys that no event has come last.</summary>
    public static string With(params (string Key, string Json)[] changes)
    {
        var values = EventsTable.Definition.Columns.ToDictionary(column => column.Source, Usual);
        foreach (var (key, json) in changes)
        {
            values[key] = json;
        }

        return Of([.. values.Select(pair => (pair.Key, pair.Value))]);
    }

    public static string WithUuid(string uuid) => With(("uuid", $"\"{uuid}\""));

    public static string Numbered(int number) =>
        With(("uuid", $"\"{number:x8}-f907-47b4-a398-1d01eaffcb63\""), ("event_id", $"{number}"));

    /// <summary>A line with these keys and no others, in this order.</summary>
    public static string Of(params (string Key, string Json)[] values)
    {
        var line = new StringBuilder("{");
        foreach (var (key, json) in values)
        {
            line.Append(line.Length > 1 ? "," : string.Empty).Append('"').Append(key).Append("\":").Append(json);
        }

        return line.Append('}').ToString();
    }

    private static string Usual(Column column) =>
        column.Type switch
        {
            _ when column.Source == "uuid" => $"\"{Uuid}\"",
            ColumnType.Integer => "1752020564545",
            ColumnType.Number => "51.5074",
            ColumnType.Boolean => "true",
            ColumnType.Timestamp => "\"2025-07-09 00:22:44.545000\"",
            ColumnType.Json => """{"path":"/2/httpapi","deep":[1,{"a":"b"}]}""",
            _ => $"\"some {column.Name}\"",
        };
}
