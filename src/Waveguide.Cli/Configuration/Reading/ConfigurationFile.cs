namespace Waveguide.Cli.Configuration.Reading;

/// <summary>The YAML file, its keys checked and laid out by path. Values are read when they are asked for.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Name">What messages call the file.</param>
/// <param name="Top">All but the projects.</param>
/// <param name="Projects">Null when the file lists none.</param>
internal sealed record ConfigurationFile(string Path, string Name, FileGroup Top, IReadOnlyList<FileGroup>? Projects)
{
    public const string DefaultName = "waveguide.yml";

    private const string Variable = "WAVEGUIDE_CONFIG";

    /// <summary>Null when there is no file and none was asked for, or files are to be ignored.</summary>
    public static ConfigurationFile? Read(SettingsRequest request, Variables variables)
    {
        if (request.IgnoreFiles)
        {
            return null;
        }

        var (name, origin) =
            request.ConfigPath is { } option ? (option, "--config")
            : variables.Find(Variable) is { } found && found.Texts[0].Value is { Length: > 0 } value
                ? (value, found.Place)
            : (DefaultName, null);
        var path = FullPath(request.WorkingDirectory, name, origin);
        if (File.Exists(path) || Directory.Exists(path))
        {
            return new FileOutline(name).Read(path);
        }

        if (origin is not null)
        {
            throw new ConfigurationException(
                $"{name}, named by {origin}, does not exist. Correct the path, or write the file with waveguide init."
            );
        }

        const string otherName = "waveguide.yaml";
        return File.Exists(System.IO.Path.Combine(request.WorkingDirectory, otherName))
            ? throw new ConfigurationException(
                $"{otherName} is not read by itself. Rename it to {DefaultName}, or name it with --config {otherName}."
            )
            : null;
    }

    private static string FullPath(string folder, string name, string? origin) =>
        string.IsNullOrWhiteSpace(name) || name.Contains('\0')
            ? throw new ConfigurationException($"{origin} is not the path of a file.")
            : System.IO.Path.GetFullPath(name, folder);
}

/// <summary>Settings that stand together: those at the top with their sections, or those of one project.</summary>
/// <param name="Entries">By path; keys without a value are left out.</param>
/// <param name="Line">Where the group begins.</param>
internal sealed record FileGroup(IReadOnlyDictionary<string, ConfigEntry> Entries, int Line);
