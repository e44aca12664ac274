using Waveguide.Transform;

namespace Waveguide.Tests.Transform;

public sealed class CheckTests : IDisposable
{
    private readonly Workshop _shop = new Workshop()
        .With(
            "models/things.sql",
            "{{ config(materialized='table') }} select * from (values (1, 'a', 7), (1, null, 8), (2, 'c', null)) t(id, kind, parent)"
        )
        .With("models/parents.sql", "{{ config(materialized='table') }} select 7 as id");

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("id", "unique", 1)]
    [InlineData("kind", "unique", 0)]
    [InlineData("kind", "not_null", 1)]
    [InlineData("id", "not_null", 0)]
    [InlineData("kind", "accepted_values: {values: [a, b]}", 1)]
    [InlineData("kind", "accepted_values: {arguments: {values: [a, c]}}", 0)]
    [InlineData("id", "accepted_values: {values: [1, 2]}", 0)]
    [InlineData("parent", "relationships: {to: ref('parents'), field: id}", 1)]
    [InlineData("parent", "relationships: {arguments: {to: \"ref('parents')\", field: id}}", 1)]
    [InlineData("kind", "not_null: {config: {where: id = 2}}", 0)]
    [InlineData("id", "at_least: {arguments: {least: 2}}", 2)]
    public async Task A_check_counts_the_rows_that_break_it(string column, string check, int failing)
    {
        _shop
            .With(
                "models/_things.yml",
                $"models: [{{name: things, columns: [{{name: {column}, data_tests: [{check}]}}]}}]"
            )
            .With(
                "tests/generic/at_least.sql",
                "{% test at_least(model, column_name, least) %}select * from {{ model }} where {{ column_name }} < {{ least }}{% endtest %}"
            );
        var report = await _shop.RunAsync();
        var result = Assert.Single(report.Checked);
        Assert.Equal(failing, result.Failing);
        Assert.StartsWith(check.Split(':')[0], result.Check.Name);
        Assert.EndsWith($"(things.{column})", result.Check.Name);
    }

    [Fact]
    public async Task A_test_of_its_own_selects_what_is_wrong_and_may_only_warn()
    {
        _shop.With("tests/no_ones.sql", "{{ config(severity='warn') }} select * from {{ ref('things') }} where id = 1");
        var result = Assert.Single((await _shop.RunAsync()).Broken);
        Assert.Equal(
            new Check("no_ones", result.Check.Sql, ["things"], IsWarning: true),
            result.Check with
            {
                Models = ["things"],
            },
            Same
        );
        Assert.Equal(2, result.Failing);
    }

    [Fact]
    public async Task Only_what_was_built_is_checked()
    {
        _shop.With("models/_things.yml", "models: [{name: things, columns: [{name: id, data_tests: [not_null]}]}]");
        Assert.Single((await _shop.RunAsync()).Checked);
        Assert.Empty((await _shop.RunAsync()).Checked);
    }

    private static bool Same(Check left, Check right) => left.Name == right.Name && left.IsWarning == right.IsWarning;
}
