using Waveguide.Transform.Project;
using Waveguide.Transform.Templates;

namespace Waveguide.Transform;

/// <summary>The SQL of what schema files ask of the models, as dbt's own four tests and the project's tests have it.</summary>
internal sealed class CheckSql(ModelProject project, ModelRenderer renderer)
{
    /// <exception cref="ConfigurationException">A check lacks an argument, or names what is not there.</exception>
    public IReadOnlyList<Check> All() =>
        [
            .. project.Properties.SelectMany(model => model.Checks.Select(check => Of(model.Name, check))),
            .. project.SingularTests.Select(Singular),
        ];

    private Check Of(string model, CheckProperties check)
    {
        var relation = check.Settings.GetValueOrDefault("where") is string condition
            ? $"(select * from {renderer.Relation(model)} where {condition}) as chosen"
            : renderer.Relation(model);
        var (sql, other) = check.Kind switch
        {
            "not_null" => ($"select * from {relation} where {check.Column} is null", null),
            "unique" => (Unique(check.Column, relation), null),
            "accepted_values" => ($"select * from {relation} where {check.Column} not in ({Values(check)})", null),
            "relationships" => Relationship(check, relation),
            _ => (Generic(check, relation), null),
        };
        var subject = check.Column is null ? model : $"{model}.{check.Column}";
        return new Check(
            $"{check.Kind}({subject})",
            sql,
            other is null ? [model] : [model, other],
            IsWarning(check.Settings)
        );
    }

    private Check Singular(ParsedFile test)
    {
        var rendered = renderer.Render(test, incremental: false);
        return new Check(test.Name, rendered.Sql, [.. rendered.Inputs], IsWarning(rendered.Config));
    }

    /// <summary>Equal values have equal hashes, which are grouped in half the time; values only where hashes repeat.</summary>
    private static string Unique(string? column, string relation) =>
        $"""
            select {column} from {relation}
            where hash({column}) in (
                select hash({column}) from {relation} where {column} is not null group by hash({column}) having count(*) > 1
            )
            group by {column} having count(*) > 1
            """;

    private (string Sql, string? Other) Relationship(CheckProperties check, string relation)
    {
        var (to, field) = (Argument<string>(check, "to"), Argument<string>(check, "field"));
        var parent = (string)renderer.Evaluate(to, check.Place)!;
        var sql = $"""
            select child.{check.Column} from {relation} child left join {parent} parent on child.{check.Column} = parent.{field}
            where child.{check.Column} is not null and parent.{field} is null
            """;
        return (sql, project.Models.FirstOrDefault(model => renderer.Relation(model.Name) == parent)?.Name);
    }

    private string Generic(CheckProperties check, string relation)
    {
        var named = check.Arguments.Select(argument => (argument.Key, argument.Value)).ToList();
        if (check.Column is not null)
        {
            named.Add(("column_name", check.Column));
        }

        return renderer.Call($"test_{check.Kind}", new CallArguments([relation], named, check.Place));
    }

    private static string Values(CheckProperties check) =>
        string.Join(
            ", ",
            Argument<IReadOnlyList<object?>>(check, "values")
                .Select(value =>
                    value is string text
                        ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
                        : PythonText.Of(value)
                )
        );

    private static T Argument<T>(CheckProperties check, string name) =>
        check.Arguments.GetValueOrDefault(name) is T value
            ? value
            : throw check.Place.Fault($"the check {check.Kind} needs {name}");

    private static bool IsWarning(IReadOnlyDictionary<string, object?> settings) =>
        settings.GetValueOrDefault("severity") is string severity
        && severity.Equals("warn", StringComparison.OrdinalIgnoreCase);
}
