namespace Waveguide.Transform.Project;

/// <param name="Path">Inside the project, with <c>/</c> between folders.</param>
/// <param name="Shown">What messages call the file.</param>
internal sealed record SourceText(string Path, string Shown, string Text)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsSql => Path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase);

    public bool IsYaml =>
        Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
        || Path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the file lies in the folder, or in one inside it.</summary>
    public bool IsUnder(string folder) => Path.StartsWith($"{folder.Trim('/')}/", StringComparison.Ordinal);
}
