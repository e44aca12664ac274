using System.Text;

namespace Waveguide.Tests.Destinations;

/// <summary>Draws events with properties, and tells what a count of them must find.</summary>
internal sealed class PropertyDice(int seed)
{
    private static readonly string?[] Types = ["view", "view", "Sign up", "", null];

    /// <summary>As they stand in the line, and as they are meant.</summary>
    private static readonly (string Raw, string Name)[] Names =
    [
        ("plan", "plan"),
        ("a/b ~c", "a/b ~c"),
        ("", ""),
        ("$.x", "$.x"),
        ("[0]", "[0]"),
        ("say \\\"hi\\\"", "say \"hi\""),
        ("caf\\u00e9", "café"),
        ("[Amplitude] Page URL", "[Amplitude] Page URL"),
    ];

    private static readonly (string Raw, string Type)[] Values =
    [
        ("\"x\"", "text"),
        ("\"\"", "text"),
        ("1", "number"),
        ("-2.5e3", "number"),
        ("123456789012345678901234567890", "number"),
        ("true", "boolean"),
        ("null", "null"),
        ("[{\"a\":1},2]", "array"),
        ("{\"a\":{\"b\":null}}", "object"),
    ];

    private readonly Random _random = new(seed);
    private int _uuid;

    /// <returns>A line of the hour, and each property of it as <c>kind|event type|name|type</c>.</returns>
    public (byte[] Line, IReadOnlyList<string> Seen) Draw()
    {
        var type = Types[_random.Next(Types.Length)];
        var seen = new List<string>();
        var events = Object($"event|{type ?? "-"}", seen);
        var users = Object("user|-", seen);
        var line =
            $$"""{"event_type":{{(type is null ? "null" : $"\"{type}\"")}},"event_properties":{{events}},"user_properties":{{users}},"uuid":"{{_uuid++}}"}""";
        return (Encoding.UTF8.GetBytes(line), seen);
    }

    private string Object(string whose, List<string> seen)
    {
        switch (_random.Next(12))
        {
            case 0:
                return "null";
            case 1:
                return "{}";
            case 2:
                // Half a surrogate pair, which DuckDB does not read as JSON.
                return "{\"plan\":\"\\ud800\"}";
        }

        var members = new List<string>();
        foreach (var (raw, name) in Names.Where(_ => _random.Next(3) == 0))
        {
            var (value, type) = Values[_random.Next(Values.Length)];
            members.Add($"\"{raw}\": {value}");
            seen.Add($"{whose}|{name}|{type}");
        }

        return $"{{{string.Join(" ,", members)}}}";
    }
}
