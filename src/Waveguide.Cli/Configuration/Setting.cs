using Waveguide.Cli.Configuration.Kinds;
using Waveguide.Cli.Configuration.Reading;

namespace Waveguide.Cli.Configuration;

/// <summary>What there is to know about one key: it is read, checked and documented from here.</summary>
/// <param name="Path">Such as <c>source.timeout</c>, or <c>projects[].name</c> for a key of each item.</param>
internal abstract record Setting(string Path, SettingKind Kind, string Description)
{
    /// <summary>The default as it would be written in the file; null when there is none.</summary>
    public string? Default { get; init; }

    /// <summary>A value for the documentation, where there is no default.</summary>
    public string? Example { get; init; }

    /// <summary>What the page says in place of a default.</summary>
    public string? WithoutIt { get; init; }

    /// <summary>The environment variable that says the same.</summary>
    public string? Variable { get; init; }

    /// <summary>The command-line option that says the same.</summary>
    public string? Option { get; init; }

    public bool IsList { get; init; }

    /// <summary>Whether it is a group of names that the user chooses, each with a value.</summary>
    public bool IsMap { get; init; }

    public bool IsRequired { get; init; }

    public string Key => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The path of the section, with its dot; empty at the top level.</summary>
    public string Prefix => Path[..^Key.Length];

    /// <exception cref="ConfigurationException">A text is not of the setting's kind.</exception>
    public abstract void Check(Found found);
}

internal sealed record Setting<T>(string Path, SettingKind<T> Reader, string Description)
    : Setting(Path, Reader, Description)
{
    /// <exception cref="ConfigurationException">The text is not of this kind.</exception>
    public T Parse(Found found) => ParseAll(found)[0];

    /// <inheritdoc cref="Parse"/>
    public IReadOnlyList<T> ParseAll(Found found) => [.. found.Texts.Select(text => ParseOne(found, text))];

    public override void Check(Found found) => ParseAll(found);

    /// <exception cref="InvalidOperationException">The setting has no default, or one that is not of its kind.</exception>
    public T ParseDefault() =>
        Default is not null && Reader.TryParse(Default, out var value)
            ? value
            : throw new InvalidOperationException($"{Path} has no usable default.");

    private T ParseOne(Found found, FoundText text) =>
        Reader.TryParse(text.Value, out var value) ? value : throw Refusal.Of(found, text, Kind);
}

/// <summary>A key that holds other keys.</summary>
/// <param name="Path">Such as <c>source</c>, or <c>projects</c> for a list of groups.</param>
/// <param name="Short">The setting that may stand in place of the section.</param>
internal sealed record Section(string Path, string Description, bool IsList = false, Setting? Short = null)
{
    /// <summary>What the paths of its settings begin with.</summary>
    public string Prefix => IsList ? $"{Path}[]." : $"{Path}.";
}
