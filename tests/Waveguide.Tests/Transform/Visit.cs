using System.Globalization;

namespace Waveguide.Tests.Transform;

/// <summary>A session of 9 July 2025, written as what somebody did in it.</summary>
internal sealed record Visit(string Device, long Session = 1)
{
    public string Host { get; init; } = "shop.example";

    /// <summary>Further columns of each row, as SQL.</summary>
    public string Also { get; init; } = "NULL AS city";

    /// <param name="deeds">
    /// Parted by commas, each the second of the day and what was done: a path is viewed, <c>menu:ITEM</c> or
    /// <c>click:ELEMENT</c> clicked on the page viewed last, any other word is a type of event.
    /// </param>
    public string[] Rows(string deeds)
    {
        var rows = new List<string>();
        var path = "/";
        foreach (var deed in deeds.Split(", "))
        {
            var (second, what) = (deed.Split(' ', 2)[0], deed.Split(' ', 2)[1]);
            path = what.StartsWith('/') ? what : path;
            rows.Add(Row(rows.Count, double.Parse(second, CultureInfo.InvariantCulture), what, path));
        }

        return [.. rows];
    }

    private string Row(int number, double second, string what, string path)
    {
        var (type, element) = what.Split(':') switch
        {
            ["menu", var item] => ("[Amplitude] Element Clicked", Element(item, "nav > a")),
            ["click", var item] => ("[Amplitude] Element Clicked", Element(item, "main > a")),
            _ when what.StartsWith('/') => ("[Amplitude] Page Viewed", ""),
            _ => (what, ""),
        };
        return $$"""
            '{{Device}}-{{Session}}-{{number}}' AS uuid, '{{Device}}' AS device_id, {{Session}} AS session_id, '{{type}}' AS event_type,
            TIMESTAMP '2025-07-09' + INTERVAL {{(long)(second * 1000)}} MILLISECOND AS event_time, {{Also}},
            '{ "[Amplitude] Page URL": "https://{{Host}}{{path}}"{{element}} }'::JSON AS event_properties
            """;
    }

    private static string Element(string item, string selector) =>
        $", \"[Amplitude] Element Text\": \"{item}\", \"[Amplitude] Element Selector\": \"{selector}\"";
}
