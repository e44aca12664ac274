using System.Text.Json;

namespace Waveguide.Simulator.Faults;

/// <summary>A row taken apart so that values keep their source bytes.</summary>
internal sealed class Row
{
    private Row(List<KeyValuePair<string, string>> values) => Values = values;

    /// <summary>Keys and the raw JSON of their values.</summary>
    public List<KeyValuePair<string, string>> Values { get; }

    public static Row Parse(byte[] line)
    {
        using var document = JsonDocument.Parse(line);
        return new Row([
            .. document
                .RootElement.EnumerateObject()
                .Select(value => KeyValuePair.Create(value.Name, value.Value.GetRawText())),
        ]);
    }

    public string? Raw(string key) => Values.Find(value => value.Key == key).Value;

    public Row Set(string key, string raw)
    {
        var index = Values.FindIndex(value => value.Key == key);
        if (index < 0)
        {
            Values.Add(KeyValuePair.Create(key, raw));
        }
        else
        {
            Values[index] = KeyValuePair.Create(key, raw);
        }
        return this;
    }

    /// <summary>Adds members to the value of an object, or makes it one.</summary>
    public Row Extend(string key, string members)
    {
        var raw = Raw(key) ?? "{}";
        return Set(key, raw is "{}" or "null" ? $"{{{members}}}" : $"{raw[..^1]},{members}}}");
    }

    public byte[] ToLine() =>
        System.Text.Encoding.UTF8.GetBytes(
            "{" + string.Join(',', Values.Select(value => $"\"{value.Key}\":{value.Value}")) + "}"
        );
}
