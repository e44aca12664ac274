namespace Waveguide.Transform.Templates;

/// <summary>Python's methods of texts, lists and dictionaries, as far as macros need them.</summary>
internal static class Methods
{
    /// <returns>Null if the value has no such method.</returns>
    public static Callable? Find(object? target, string name) =>
        target switch
        {
            string text => Find(text, name),
            List<object?> list when name == "append" => call =>
            {
                list.Add(call[0]);
                return null;
            },
            IReadOnlyDictionary<string, object?> entries => Find(entries, name),
            _ => null,
        };

    private static Callable? Find(string text, string name) =>
        name switch
        {
            "lower" => _ => text.ToLowerInvariant(),
            "upper" => _ => text.ToUpperInvariant(),
            "strip" => _ => text.Trim(),
            "replace" => call =>
                text.Replace(
                    call.Text(0, "what is replaced"),
                    call.Text(1, "the replacement"),
                    StringComparison.Ordinal
                ),
            "split" => call => text.Split(call.Text(0, "the separator")).ToList<object?>(),
            "startswith" => call => text.StartsWith(call.Text(0, "the beginning"), StringComparison.Ordinal),
            "endswith" => call => text.EndsWith(call.Text(0, "the end"), StringComparison.Ordinal),
            _ => null,
        };

    private static Callable? Find(IReadOnlyDictionary<string, object?> entries, string name) =>
        name switch
        {
            "items" => _ => entries.Select(object? (entry) => new List<object?> { entry.Key, entry.Value }).ToList(),
            "keys" => _ => entries.Keys.ToList<object?>(),
            "values" => _ => entries.Values.ToList(),
            "get" => call =>
                entries.TryGetValue(call.Text(0, "the key"), out var value) ? value
                : call.Count > 1 ? call[1]
                : null,
            _ => null,
        };
}
