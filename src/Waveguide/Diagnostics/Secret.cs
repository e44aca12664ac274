namespace Waveguide.Diagnostics;

/// <summary>A value that never shows itself: text, logs and serialisers get <c>***</c>.</summary>
public sealed class Secret(string value) : IEquatable<Secret>
{
    /// <summary>The value itself, for the one place that sends it.</summary>
    public string Reveal() => value;

    public bool Equals(Secret? other) => other is not null && value == other.Reveal();

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "***";
}
