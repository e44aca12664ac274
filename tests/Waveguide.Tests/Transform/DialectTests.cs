using System.Text.RegularExpressions;
using Waveguide.Transform;
using Waveguide.Transform.Project;

namespace Waveguide.Tests.Transform;

/// <summary>What the models may say to engines that no test can ask: a translator passes over a function that is not there.</summary>
public sealed partial class DialectTests
{
    /// <summary>Functions that Snowflake and Databricks both have, with the same arguments.</summary>
    private const string OfBoth =
        "abs cast coalesce count extract greatest lag lead left length listagg lower lpad max md5 min nullif "
        + "regexp_replace repeat replace row_number sha2 split_part sqrt substr sum trim try_cast date_trunc";

    [Theory]
    [InlineData("snowflake", "date_part regexp_instr regexp_substr sha2_binary to_binary")]
    [InlineData("databricks", "date_add datediff regexp_extract regexp_like unhex unix_millis encode")]
    public void Only_functions_that_are_listed_for_the_engine_are_called(string engine, string ofIts)
    {
        var dialect = Dialect.All.Single(dialect => dialect.Name == engine);
        var project = ModelProject.Read(ProjectFiles.Read(null));
        var key = new Dictionary<string, string> { ["privacy_ip_key"] = new('0', 64) };
        var variables = ProjectVariables.Apply(project.Variables, key);
        var renderer = new ModelRenderer(project, dialect, variables, "analytics");
        var rendered = project
            .Models.Concat(project.SingularTests)
            .SelectMany(file => new[] { renderer.Render(file, false), renderer.Render(file, true) });
        var called = rendered
            .SelectMany(file => file.Before.Append(file.Sql))
            .SelectMany(sql => Call.Matches(Text.Replace(sql, "''")))
            .Select(call => call.Groups["name"].Value);
        Assert.Equal(
            $"{OfBoth} {ofIts}".Split(' ').Order(StringComparer.Ordinal),
            called.Distinct().Order(StringComparer.Ordinal)
        );
    }

    [GeneratedRegex("'[^']*'", RegexOptions.NonBacktracking)]
    private static partial Regex Text { get; }

    [GeneratedRegex(@"\b(?<name>\w+)\(", RegexOptions.NonBacktracking)]
    private static partial Regex Call { get; }
}
