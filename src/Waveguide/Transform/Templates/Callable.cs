namespace Waveguide.Transform.Templates;

/// <summary>What a template can call: a macro, or something of ours.</summary>
internal delegate object? Callable(CallArguments arguments);

/// <param name="Place">Where the call stands.</param>
internal sealed record CallArguments(
    IReadOnlyList<object?> Positional,
    IReadOnlyList<(string Name, object? Value)> Named,
    Place Place
)
{
    public object? this[int index] => Positional[index];

    public int Count => Positional.Count;

    /// <exception cref="ConfigurationException">It is missing, or no text.</exception>
    public string Text(int index, string name) =>
        index < Count && Positional[index] is string text ? text : throw Place.Fault($"{name} must be a text");
}

/// <summary>A name that has no value; only a test may look at it.</summary>
/// <param name="Cause">Where the problem lies, if that is elsewhere.</param>
internal sealed record Undefined(string Problem, Place? Cause = null)
{
    public ConfigurationException Fault(Place place) => (Cause ?? place).Fault(Problem);
}
