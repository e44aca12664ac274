namespace Waveguide.Transform.Templates;

/// <summary>How Jinja writes a value: as Python's <c>str</c> does.</summary>
internal static class PythonText
{
    public static string Of(object? value) => value as string ?? Literal(value);

    /// <summary>As Python's <c>repr</c>, for what stands inside a list.</summary>
    private static string Literal(object? value) =>
        value switch
        {
            null => "None",
            true => "True",
            false => "False",
            string text => Quoted(text),
            double number => Number(number),
            IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Literal))}]",
            IReadOnlyDictionary<string, object?> entries =>
                $"{{{string.Join(", ", entries.Select(entry => $"{Literal(entry.Key)}: {Literal(entry.Value)}"))}}}",
            _ => value.ToString()!,
        };

    private static string Quoted(string text)
    {
        var quote =
            text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        return quote + (quote == '\'' ? escaped.Replace("'", "\\'", StringComparison.Ordinal) : escaped) + quote;
    }

    private static string Number(double number)
    {
        var text = number.ToString("R").Replace("E", "e", StringComparison.Ordinal);
        return text.AsSpan().IndexOfAny(".en") < 0 ? $"{text}.0" : text;
    }
}
