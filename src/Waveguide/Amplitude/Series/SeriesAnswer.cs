using System.Text.Json;
using System.Text.Json.Nodes;
using Waveguide.Amplitude.Tables;

namespace Waveguide.Amplitude.Series;

/// <summary>One of the series of an answer.</summary>
/// <param name="Segment">The segment's or group's name; null for the only one, which has none.</param>
/// <param name="Facts">What Amplitude says of the series beside its name and its place.</param>
/// <param name="Points">By what the series goes along, such as a day, in the answer's order.</param>
internal sealed record SeriesLine(string? Segment, JsonObject Facts, IReadOnlyList<(string X, JsonNode? Value)> Points);

/// <summary>
/// Reads <c>{"data":{"series":[[...]],"seriesLabels":[...],"seriesMeta":[...],"xValues":[...]}}</c>: a row of figures for
/// each segment, a column for each day (Dashboard REST API). An answer whose parts do not fit each other is refused
/// rather than read awry.
/// </summary>
internal static class SeriesAnswer
{
    /// <exception cref="SourceException">The answer has not this form.</exception>
    public static IReadOnlyList<SeriesLine> Read(string what, RestAnswer answer)
    {
        if (
            answer.Root.ValueKind != JsonValueKind.Object
            || !answer.Root.TryGetProperty("data", out var data)
            || Items(data, "series") is not { } series
            || Items(data, "xValues") is not { } marks
            || marks.Any(mark => mark.ValueKind != JsonValueKind.String)
        )
        {
            throw RestAnswer.Odd(what, "no series");
        }

        if (series.Any(line => line.ValueKind != JsonValueKind.Array || line.GetArrayLength() != marks.Length))
        {
            throw RestAnswer.Odd(what, $"a series that does not have one figure for each of {marks.Length} xValues");
        }

        var labels = Labels(what, data, "seriesLabels", series.Length);
        var metas = Labels(what, data, "seriesMeta", series.Length);
        SeriesLine[] lines =
        [
            .. series.Select((line, at) => Line(series.Length, at, labels?[at], metas?[at], Points(marks, line))),
        ];
        return lines.Select(line => line.Segment).Distinct(StringComparer.Ordinal).Count() == lines.Length
            ? lines
            : throw RestAnswer.Odd(what, "two series of the same name");
    }

    private static SeriesLine Line(
        int count,
        int at,
        JsonElement? label,
        JsonElement? meta,
        IReadOnlyList<(string X, JsonNode? Value)> points
    )
    {
        var facts = meta is { ValueKind: JsonValueKind.Object } more
            ? JsonNode.Parse(more.GetRawText())!.AsObject()
            : [];
        facts.Remove("segmentIndex");
        return new SeriesLine(Name(label) ?? Name(meta) ?? (count == 1 ? null : $"segment {at + 1}"), facts, points);
    }

    private static (string X, JsonNode? Value)[] Points(JsonElement[] marks, JsonElement line) =>
        [.. marks.Zip(line.EnumerateArray(), (mark, value) => (mark.GetString()!, JsonNode.Parse(value.GetRawText())))];

    /// <summary>The text in a label: it may be a text, a number and a text, or an object that holds one.</summary>
    private static string? Name(JsonElement? label) =>
        label switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Array } list => Joined(list.EnumerateArray().Select(part => Name(part))),
            { ValueKind: JsonValueKind.Object } facts => Joined(
                facts.EnumerateObject().Select(fact => Name(fact.Value))
            ),
            _ => null,
        };

    private static string? Joined(IEnumerable<string?> names) =>
        string.Join(", ", names.Where(name => !string.IsNullOrEmpty(name))) is { Length: > 0 } joined ? joined : null;

    private static JsonElement[]? Labels(string what, JsonElement data, string key, int count) =>
        Items(data, key) is not { } labels ? null
        : labels.Length == count ? labels
        : throw RestAnswer.Odd(what, $"{labels.Length} {key} for {count} series");

    private static JsonElement[]? Items(JsonElement data, string key) =>
        data.ValueKind == JsonValueKind.Object
        && data.TryGetProperty(key, out var list)
        && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : null;
}
