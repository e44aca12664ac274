using System.Text;

namespace Waveguide.Cli.Configuration.Writing;

/// <summary>The page <c>docs/configuration.md</c>.</summary>
internal static class ConfigurationPage
{
    public const string RepositoryPath = "docs/configuration.md";

    public static string Render()
    {
        var page = new StringBuilder(Beginning)
            .Append($"```yaml\n{ConfigurationExample.Everything()}```\n\n")
            .Append("Several projects share one destination:\n\n")
            .Append($"```yaml\n{ConfigurationExample.TwoProjects}```\n\n")
            .Append("The options of a destination stand in its address or beside it:\n\n")
            .Append($"```yaml\n{ConfigurationExample.Lake}```\n\n")
            .Append("## All settings\n\n");
        AppendTable(page, "");
        foreach (var section in KnownSettings.Sections)
        {
            page.Append($"\n### `{section.Path}`\n\n{section.Description}\n\n");
            AppendTable(page, section.Prefix);
        }

        return page.Append(End).ToString();
    }

    private static void AppendTable(StringBuilder page, string prefix)
    {
        page.Append("| setting | value | default | meaning |\n|---|---|---|---|\n");
        foreach (var setting in KnownSettings.Under(prefix))
        {
            page.Append(
                $"| `{setting.Key}` | {Value(setting)} | {Default(setting)} | {setting.Description}{Also(setting)} |\n"
            );
        }
    }

    private static string Value(Setting setting) =>
        setting.IsList ? $"list of {setting.Kind.Name}s" : setting.Kind.Name;

    private static string Default(Setting setting) =>
        setting.Default is not { } text ? setting.WithoutIt ?? ""
        : setting.IsList ? $"`[{text}]`"
        : $"`{text}`";

    private static string Also(Setting setting)
    {
        var names = new[] { setting.Option, setting.Variable }.OfType<string>().Select(name => $"`{name}`");
        var also = string.Join(" or ", names);
        return also.Length == 0 ? "" : $" Also {also}.";
    }

    private const string Beginning = """
        # Configuration

        Two variables are enough: with `AMP_API_KEY` and `AMP_SECRET_KEY` in the environment, or in a file
        `.env` in the working directory, everything else has a default. `waveguide init` writes a
        `waveguide.yml` to begin with.

        What is said in several places is taken from the first of these:

        1. an option of the command line, such as `--destination`;
        2. a variable of the environment;
        3. the same variable in `.env` in the working directory;
        4. the YAML file: the one named by `--config` or `WAVEGUIDE_CONFIG`, or else `waveguide.yml` in the
           working directory if it is there;
        5. the default.

        Two things belong to a project more than to the environment: keys written in the file are taken
        before `AMP_API_KEY` and `AMP_SECRET_KEY`, and a project's own `region` before `AMP_REGION`.

        ## The file

        Inside a value, `${NAME}` stands for a variable of the environment or of `.env`, and
        `${NAME:-default}` has a default for when it is not set or empty. A variable that is not set is an
        error; for a key it is one only when the key is needed. `$${` stands for the signs `${`. Relative
        paths start at the working directory. A key without a value counts as not written. An unknown key
        is an error.

        Editors complete and check the file by [its schema](waveguide.schema.json):
        `# yaml-language-server: $schema=` and its path in the first line.

        This file says everything there is to say about one project:


        """;

    private const string End = """

        ## Values

        * A duration is a number with `d`, `h`, `m` or `s`, or several in this order: `3h`, `90m`, `1h30m`.
        * A size is a number with `KB`, `MB`, `GB` or `TB` (thousands) or `KiB`, `MiB`, `GiB` or `TiB`
          (1,024s), as in DuckDB.
        * A day is `2025-07-09`, an hour `2025-07-09T14`; both are UTC.

        ## `.env`

        One `NAME=value` on each line, with or without `export` before it. A value may stand in quotes;
        `#` begins a comment. `$` has no meaning. A variable that the environment has, even an empty one,
        is not taken from here. Keep the file out of version control.

        """;
}
