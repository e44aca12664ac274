namespace Waveguide.Transform.Templates;

/// <summary>A line of a project's file, counted from 1.</summary>
internal readonly record struct Place(string File, int Line)
{
    /// <param name="problem">A sentence without its end, such as <c>there is no macro "x"</c>.</param>
    public ConfigurationException Fault(string problem, string? hint = null) =>
        new($"{this}: {problem}.") { Hint = hint };

    public override string ToString() => $"{File}, line {Line}";
}
