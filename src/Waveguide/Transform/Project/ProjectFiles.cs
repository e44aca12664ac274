using System.Reflection;

namespace Waveguide.Transform.Project;

/// <summary>The files of a dbt project: those inside this library, or those of a folder.</summary>
internal static class ProjectFiles
{
    public const string Settings = "dbt_project.yml";

    private const string Prefix = "models/";

    /// <summary>
    /// The project inside this library; or that of the folder, if it holds a <c>dbt_project.yml</c>; or else the models of
    /// the folder beside those of the library, in the place of those of the same name.
    /// </summary>
    /// <exception cref="ConfigurationException">The folder is not there or cannot be read.</exception>
    public static IReadOnlyList<SourceText> Read(string? folder)
    {
        if (folder is null)
        {
            return Embedded();
        }

        var own = In(folder);
        if (own.Any(file => file.Path == Settings))
        {
            return own;
        }

        var names = own.Where(file => file.IsSql).Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Embedded().Where(file => !file.IsSql || !names.Contains(file.Name)),
            .. own.Select(file => file with { Path = Placed(file) }),
        ];
    }

    /// <summary>Where a file of a folder without settings of its own belongs in the library's project.</summary>
    private static string Placed(SourceText file) =>
        file.IsUnder("macros") || file.IsUnder("tests") ? file.Path : $"{OwnFolder}/{file.Path}";

    /// <summary>The folder of the library's project that is kept free for models of the user's own.</summary>
    public const string OwnFolder = "own";

    private static List<SourceText> Embedded()
    {
        var assembly = typeof(ProjectFiles).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => Resource(assembly, name)),
        ];
    }

    private static SourceText Resource(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        var path = name.Replace('\\', '/');
        return new SourceText(path[Prefix.Length..], path, reader.ReadToEnd());
    }

    private static List<SourceText> In(string folder)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Select(path => (Full: path, Path: Path.GetRelativePath(folder, path).Replace('\\', '/')))
                    .Where(file => !file.Path.StartsWith("target/", StringComparison.Ordinal))
                    .OrderBy(file => file.Path, StringComparer.Ordinal)
                    .Select(file => new SourceText(file.Path, Path.Combine(folder, file.Path), string.Empty))
                    .Where(file => file.IsSql || file.IsYaml)
                    .Select(file => file with { Text = File.ReadAllText(Path.Combine(folder, file.Path)) }),
            ];
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"the models in {folder} cannot be read ({reason.Message.TrimEnd('.')}).",
                reason
            )
            {
                Hint = "Name a folder of .sql files with --models DIR, or leave it out for the models of Waveguide.",
            };
        }
    }
}
