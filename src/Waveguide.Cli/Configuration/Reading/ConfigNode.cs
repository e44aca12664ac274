namespace Waveguide.Cli.Configuration.Reading;

/// <param name="Line">Where the value begins; the first line is 1.</param>
internal abstract record ConfigNode(int Line);

internal sealed record ConfigText(string Text, int Line) : ConfigNode(Line);

/// <summary>A key without a value, or YAML's null.</summary>
internal sealed record ConfigNothing(int Line) : ConfigNode(Line);

internal sealed record ConfigList(IReadOnlyList<ConfigNode> Items, int Line) : ConfigNode(Line);

internal sealed record ConfigMap(IReadOnlyList<ConfigEntry> Entries, int Line) : ConfigNode(Line);

/// <param name="Line">Where the key stands.</param>
internal sealed record ConfigEntry(string Key, ConfigNode Value, int Line);
