using System.Text.RegularExpressions;
using Waveguide.Transform.Project;
using YamlDotNet.RepresentationModel;

namespace Waveguide.Tests.Transform;

/// <summary>
/// The folder <c>models/</c> keeps the rules of a dbt project, as docs.getdbt.com has them for dbt 1.10.8, since dbt itself
/// cannot be run where Waveguide is built.
/// </summary>
public sealed partial class DbtProjectTests
{
    /// <summary>Macros that dbt's own global project has (dbt-adapters, <c>macros/utils</c>): one of ours would hide them.</summary>
    private const string Taken =
        "any_value array_append array_concat array_construct bool_or cast cast_bool_to_text concat date date_spine "
        + "date_trunc dateadd datediff equals escape_single_quotes except generate_series get_intervals_between hash "
        + "intersect last_day length listagg literal position replace right safe_cast split_part";

    private static readonly string[] Adapters =
    [
        "default__",
        "duckdb__",
        "postgres__",
        "clickhouse__",
        "snowflake__",
        "databricks__",
    ];

    private readonly IReadOnlyList<SourceText> _files = ProjectFiles.Read(null);

    [Fact]
    public void The_project_file_has_the_keys_that_dbt_knows_and_names_every_folder()
    {
        var project = YamlReader.Read(_files.Single(file => file.Path == ProjectFiles.Settings));
        Keys(
            project.Root,
            "name version config-version profile require-dbt-version model-paths macro-paths test-paths on-run-start models vars"
        );
        Assert.Matches("^[a-z_][a-z0-9_]*$", project.Text(project.Root, "name"));
        Assert.Equal("2", project.Text(project.Root, "config-version"));
        Assert.NotNull(project.Text(project.Root, "profile"));
        Assert.Equal(
            _files.Where(file => file.IsSql).Select(file => file.Path.Split('/')[0]).Distinct().Order(),
            new[] { "model-paths", "macro-paths", "test-paths" }
                .SelectMany(key => project.Items(project.Root, key))
                .Select(folder => $"{folder}")
                .Order()
        );
        Assert.Equal(["waveguide"], project.Entries(project.Root, "models").Select(entry => entry.Key));
    }

    [Fact]
    public void Schema_files_have_the_keys_that_dbt_knows_and_describe_what_they_name()
    {
        foreach (var (yaml, root) in Schemas())
        {
            Keys(root, "version models sources exposures");
            Assert.Equal("2", yaml.Text(root, "version"));
            foreach (var model in yaml.Items(root, "models"))
            {
                Described(yaml, model, "columns");
            }

            foreach (var source in yaml.Items(root, "sources"))
            {
                Described(yaml, source, "schema tables");
                Assert.All(yaml.Items(source, "tables"), table => Described(yaml, table, "columns"));
            }

            foreach (var exposure in yaml.Items(root, "exposures"))
            {
                Described(yaml, exposure, "label type owner depends_on");
                Assert.Contains(
                    yaml.Text(exposure, "type"),
                    new[] { "dashboard", "notebook", "analysis", "ml", "application" }
                );
                Assert.NotEmpty(yaml.Entries(exposure, "owner"));
                Assert.All(
                    yaml.Items(exposure, "depends_on"),
                    input => Assert.Contains(Reference.Match($"{input}").Groups["name"].Value, Models())
                );
            }
        }
    }

    [Fact]
    public void Checks_are_of_dbts_four_kinds_with_their_arguments_where_this_dbt_looks_for_them()
    {
        var checks = Schemas()
            .SelectMany(schema => Descendants(schema.Root))
            .SelectMany(node => YamlReader.Child(node, "data_tests") as YamlSequenceNode ?? [])
            .ToList();
        Assert.NotEmpty(checks);
        Assert.All(
            checks.OfType<YamlScalarNode>(),
            check => Assert.Contains(check.Value, new[] { "unique", "not_null" })
        );
        foreach (var check in checks.OfType<YamlMappingNode>())
        {
            var (kind, body) = Assert.Single(check.Children);
            Keys(body, "arguments config");
            Keys(
                YamlReader.Child(body, "arguments")!,
                $"{kind}" == "relationships" ? "to field"
                    : $"{kind}" == "accepted_values" ? "values quote"
                    : $"no check {kind}"
            );
        }
    }

    [Fact]
    public async Task Every_model_is_described_once_and_so_is_each_of_its_columns_and_no_other()
    {
        var described = ModelProject.Read(_files).Properties;
        Assert.Equal(
            Models().Order(StringComparer.Ordinal),
            described.Select(model => model.Name).Order(StringComparer.Ordinal)
        );
        using var star = Star.InNewWarehouse();
        await star.BuildAsync();
        Assert.Equal(
            await star.QueryAsync(
                "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'analytics' ORDER BY 1"
            ),
            described
                .SelectMany(model => model.Columns.Select(column => $"{model.Name}.{column.Name}"))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Macros_are_found_by_dbts_dispatch_hide_none_of_its_own_and_each_is_used()
    {
        var macros = _files
            .Where(file => file.IsUnder("macros"))
            .SelectMany(file => Macro.Matches(file.Text))
            .Select(macro => macro.Groups["name"].Value)
            .ToList();
        Assert.Empty(macros.Intersect(Taken.Split(' ')));
        var all = string.Concat(_files.Select(file => file.Text));
        var dispatched = Dispatch.Matches(all);
        Assert.All(dispatched, call => Assert.Equal("waveguide", call.Groups["project"].Value));
        var names = dispatched.Select(call => call.Groups["name"].Value).ToList();
        foreach (var special in macros.Where(name => name.Contains("__", StringComparison.Ordinal)))
        {
            var (adapter, name) = (
                special[..(special.IndexOf("__", StringComparison.Ordinal) + 2)],
                special[(special.IndexOf("__", StringComparison.Ordinal) + 2)..]
            );
            Assert.Contains(adapter, Adapters);
            Assert.Contains(name, names);
        }

        Assert.All(
            names,
            name =>
                Assert.True(
                    macros.Contains($"default__{name}")
                        || Adapters[1..].All(adapter => macros.Contains(adapter + name)),
                    name
                )
        );
        Assert.All(
            macros.Where(name => !name.Contains("__", StringComparison.Ordinal)),
            name => Assert.True(Regex.Count(all, $@"\b{name}\(") > 1, $"{name} is called nowhere")
        );
    }

    [Fact]
    public void Models_and_tests_are_one_query_of_calls_only()
    {
        foreach (var file in _files.Where(file => file.IsSql && !file.IsUnder("macros")))
        {
            Assert.DoesNotContain("{%", file.Text, StringComparison.Ordinal);
            Assert.False(file.Text.TrimEnd().EndsWith(';'), file.Path);
        }
    }

    private static void Described(YamlReader yaml, YamlNode node, string keys)
    {
        Keys(node, $"name description data_tests {keys}");
        Assert.False(string.IsNullOrWhiteSpace(yaml.Text(node, "description")), $"{yaml.PlaceOf(node)}");
        Assert.All(yaml.Items(node, "columns"), column => Described(yaml, column, ""));
    }

    private static void Keys(YamlNode node, string known) =>
        Assert.Empty(((YamlMappingNode)node).Children.Keys.Select(key => $"{key}").Except(known.Split(' ')));

    private IEnumerable<(YamlReader Yaml, YamlNode Root)> Schemas() =>
        _files
            .Where(file => file.IsYaml && file.Path != ProjectFiles.Settings)
            .Select(YamlReader.Read)
            .Select(yaml => (yaml, (YamlNode)yaml.Root));

    private IEnumerable<string> Models() =>
        _files.Where(file => file.IsSql && !file.IsUnder("macros") && !file.IsUnder("tests")).Select(file => file.Name);

    private static IEnumerable<YamlNode> Descendants(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => map.Children.Values.SelectMany(Descendants).Prepend(node),
            YamlSequenceNode list => list.SelectMany(Descendants),
            _ => [],
        };

    [GeneratedRegex(@"\{%-? *macro (?<name>\w+)\(", RegexOptions.NonBacktracking)]
    private static partial Regex Macro { get; }

    [GeneratedRegex(@"adapter\.dispatch\('(?<name>\w+)'(?:, '(?<project>\w+)')?\)", RegexOptions.NonBacktracking)]
    private static partial Regex Dispatch { get; }

    [GeneratedRegex(@"^ref\('(?<name>\w+)'\)$", RegexOptions.NonBacktracking)]
    private static partial Regex Reference { get; }
}
