using System.Text;

namespace Waveguide.Simulator.Traffic;

/// <summary>An element of a page and the JSON of it that does not change between clicks.</summary>
internal sealed class Element
{
    public Element(string tag, string text, ElementParts parts)
    {
        Hierarchy = JsonText.Utf8(
            $",\"[Amplitude] Element Hierarchy\":[{string.Join(',', parts.Hierarchy)}],\"[Amplitude] Element Tag\":\"{tag}\",\"[Amplitude] Element Position Top\":"
        );
        Parent = JsonText.Utf8(
            parts.Parent is null ? "" : $",\"[Amplitude] Element Parent Label\":{JsonText.Quote(parts.Parent)}"
        );
        var rest = new StringBuilder();
        Append(rest, "Element ID", parts.Id);
        Append(rest, "Element Class", parts.Class);
        Append(rest, "Element Href", parts.Href);
        Append(rest, "Element Text", text.Length == 0 ? null : text);
        Rest = JsonText.Utf8(rest.ToString());
        Left = parts.Left;
        Top = parts.Top;
    }

    public byte[] Hierarchy { get; }

    public byte[] Parent { get; }

    public byte[] Rest { get; }

    public int Left { get; }

    public int Top { get; }

    private static void Append(StringBuilder json, string key, string? value)
    {
        if (value is not null)
        {
            json.Append($",\"[Amplitude] {key}\":{JsonText.Quote(value)}");
        }
    }
}

internal sealed record ElementParts(IReadOnlyList<string> Hierarchy)
{
    public string? Parent { get; init; }

    public string? Id { get; init; }

    public string? Class { get; init; }

    public string? Href { get; init; }

    public int Left { get; init; }

    public int Top { get; init; }
}
