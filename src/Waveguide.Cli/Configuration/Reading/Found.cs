namespace Waveguide.Cli.Configuration.Reading;

/// <summary>A value, and where it stands.</summary>
/// <param name="Place">Begins a sentence about the value, such as <c>region in waveguide.yml, line 4,</c>.</param>
internal sealed record Found(string Place, IReadOnlyList<FoundText> Texts);

/// <param name="Written">The text before variables were filled in, which is all that a message may show.</param>
internal readonly record struct FoundText(string Value, string Written);
