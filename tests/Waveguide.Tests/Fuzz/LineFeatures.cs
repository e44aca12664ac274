using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Waveguide.Amplitude;
using Waveguide.Tests.Scanning;

namespace Waveguide.Tests.Fuzz;

/// <summary>
/// What is remarkable about a line: the means by which a round tells an input that did something new. It is no coverage
/// of code; it tells apart the ways in which values fit, do not fit, are written or are refused.
/// </summary>
internal static class LineFeatures
{
    private static readonly (string Sign, string Word)[] Signs =
    [
        ("\\\"", "a quote"),
        ("\\\\", "a backslash"),
        ("\\u0000", "a NUL"),
        ("\\u", "an escape of four digits"),
        ("\\ud", "a surrogate"),
        ("\u00e9", "two bytes a letter"),
        ("\u4e2d", "three bytes a letter"),
        ("\ud83d", "four bytes a letter"),
        (" ", "a blank"),
        ("\t", "a tab"),
        (".", "a point"),
        ("-", "a minus"),
        ("e+", "a signed exponent"),
        ("E", "an E"),
        ("T", "a T"),
        ("[[", "arrays in arrays"),
        ("{}", "an empty object"),
    ];

    public static IEnumerable<string> Of(byte[] line)
    {
        if (SlowModel.Read(line) is not { } row)
        {
            return [Refusal(line)];
        }

        using var document = JsonDocument.Parse(line, SlowModel.AnyDepth);
        return
        [
            .. document.RootElement.EnumerateObject().SelectMany(Member),
            $"repaired {row.IsRepaired}, extra {row.Extra is not null}",
        ];
    }

    /// <summary>Between which two bytes the line stops being JSON.</summary>
    private static string Refusal(byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, SlowModel.AnyDepth);
            return $"refused {document.RootElement.ValueKind}";
        }
        catch (JsonException reason)
        {
            var at = (int)(reason.BytePositionInLine ?? 0);
            return $"refused between {Kind(line, at - 1)} and {Kind(line, at)}";
        }
    }

    private static string Kind(byte[] line, int at) =>
        at < 0 || at >= line.Length ? "the end"
        : line[at] >= 0x80 ? "beyond ASCII"
        : char.IsAsciiLetter((char)line[at]) ? "a letter"
        : char.IsAsciiDigit((char)line[at]) ? "a digit"
        : line[at] < ' ' ? "a control"
        : ((char)line[at]).ToString();

    private static IEnumerable<string> Member(JsonProperty property)
    {
        var name = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        var column = EventsTable.Definition.Columns.FirstOrDefault(column => column.Source == name);
        var (kind, raw) = (property.Value.ValueKind, property.Value.GetRawText());
        var type = column?.Type.ToString() ?? "unknown key";
        yield return $"{type} is {kind} of about {1 << BitOperations.Log2((uint)raw.Length)} letters";
        foreach (var (sign, word) in Signs.Where(sign => raw.Contains(sign.Sign, StringComparison.Ordinal)))
        {
            yield return $"{type} is {kind} with {word}";
        }
    }
}
