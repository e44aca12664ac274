using System.Text;
using Waveguide.Cli.Configuration.Writing;

namespace Waveguide.Cli.Configuration;

/// <summary>The <c>waveguide.yml</c> that a new user begins with.</summary>
internal static class ConfigurationTemplate
{
    public static string Render(TemplateValues values)
    {
        var text = new StringBuilder()
            .Append($"# yaml-language-server: $schema={values.Schema}\n")
            .Append("# ${NAME} stands for a variable of the environment or of .env.\n");
        Append(text, KnownSettings.Destination, Yaml.Text(values.Destination));
        Append(text, KnownSettings.Tables, $"[{string.Join(", ", values.Tables.Select(Yaml.Text))}]");
        Append(text, KnownSettings.Region, values.Region == DataRegion.Eu ? "eu" : "us");
        Append(text, KnownSettings.Start, values.Start?.ToString());
        Append(text, KnownSettings.ApiKey, KnownSettings.ApiKey.Example);
        Append(text, KnownSettings.SecretKey, KnownSettings.SecretKey.Example);
        return text.Append("\n# All settings, and several projects in one file: docs/configuration.md\n").ToString();
    }

    private static void Append(StringBuilder text, Setting setting, string? value) =>
        text.Append($"\n{Yaml.Comment(setting.Description)}")
            .Append(value is null ? $"# {setting.Key}: {setting.Example}\n" : $"{setting.Key}: {value}\n");
}

/// <summary>What <see cref="ConfigurationTemplate"/> writes in; the defaults unless said otherwise.</summary>
internal sealed record TemplateValues
{
    public string Destination { get; init; } = KnownSettings.Destination.ParseDefault();

    public IReadOnlyList<string> Tables { get; init; } = [KnownSettings.Tables.ParseDefault()];

    public DataRegion Region { get; init; } = KnownSettings.Region.ParseDefault();

    /// <summary>Null: an example, commented out.</summary>
    public UploadHour? Start { get; init; }

    /// <summary>Where editors find the JSON schema: a path from the file, or an address.</summary>
    public string Schema { get; init; } = ConfigurationSchema.RepositoryPath;
}
