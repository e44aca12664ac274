using System.Text;

namespace Waveguide.Cli.Configuration.Writing;

/// <summary>The files that the documentation shows.</summary>
internal static class ConfigurationExample
{
    public const string TwoProjects = """
        destination: duckdb:warehouse.duckdb
        start: 2025-01-01
        projects:
          - name: web
            api_key: ${WEB_API_KEY}
            secret_key: ${WEB_SECRET_KEY}
          - name: app
            api_key: ${APP_API_KEY}
            secret_key: ${APP_SECRET_KEY}
            region: eu
            start: 2024-06-01

        """;

    public const string Lake = """
        destination:
          address: file:./lake
          format: parquet
          archive: keep
          archive_days: 30

        """;

    /// <summary>Every setting for one project, with its default or an example.</summary>
    public static string Everything()
    {
        var text = new StringBuilder();
        Append(text, "");
        foreach (var section in KnownSettings.Sections.Where(section => section is { IsList: false, Short: null }))
        {
            text.Append($"{section.Path}:\n");
            Append(text, section.Prefix);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string prefix)
    {
        foreach (var setting in KnownSettings.Under(prefix))
        {
            var value = setting.Default ?? setting.Example;
            text.Append(prefix.Length > 0 ? "  " : "")
                .Append(
                    setting.IsList ? $"{setting.Key}: [{value}]\n"
                    : setting.IsMap ? $"{setting.Key}: {{ {value} }}\n"
                    : $"{setting.Key}: {value}\n"
                );
        }
    }
}
