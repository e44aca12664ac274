namespace Waveguide.Transform.Templates;

/// <summary>Names and their values; what is not found here is looked for outside.</summary>
internal sealed class Scope(Scope? outer = null)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _values.Keys.Concat(outer?.Names ?? []);

    public object? this[string name]
    {
        set => _values[name] = value;
    }

    public bool TryFind(string name, out object? value) =>
        _values.TryGetValue(name, out value) || (outer is not null && outer.TryFind(name, out value));
}
