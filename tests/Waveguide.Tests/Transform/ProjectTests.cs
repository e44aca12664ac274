namespace Waveguide.Tests.Transform;

public sealed class ProjectTests : IDisposable
{
    private readonly Workshop _shop = new Workshop().With("models/one.sql", "select 1 as one");

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task An_unknown_ref_is_named_with_its_line_and_what_was_meant()
    {
        _shop.With("models/two.sql", "select *\nfrom {{ ref('on') }}");
        Assert.EndsWith("two.sql, line 2: there is no model \"on\"; did you mean \"one\".", await FaultAsync());
    }

    [Fact]
    public async Task An_unknown_variable_is_named_with_its_line_and_what_was_meant()
    {
        _shop.With("models/two.sql", "{{ var('leest') }}");
        Assert.EndsWith("two.sql, line 1: there is no variable \"leest\"; did you mean \"least\".", await FaultAsync());
    }

    [Theory]
    [InlineData(
        "{{ source('amplitude', 'event') }}",
        "there is no source \"amplitude.event\"; did you mean \"amplitude.events\"."
    )]
    [InlineData("{{ config(materialized='tabel') }}", "two.sql, line 1: materialized=\"tabel\" is not understood.")]
    [InlineData("{{ adapter.dispatch('m')() }}", "two.sql, line 1: no macro duckdb__m or default__m is there.")]
    [InlineData("{{ exceptions.raise_compiler_error('Not so.') }}", "two.sql, line 1: Not so.")]
    [InlineData("{{ ref('two') }}", "models read each other in a circle: two -> two.")]
    public async Task A_model_that_cannot_be_read_is_named_with_its_line(string sql, string expected)
    {
        _shop.With("models/two.sql", sql);
        Assert.EndsWith(expected, await FaultAsync());
    }

    [Fact]
    public async Task A_circle_is_shown_from_model_to_model()
    {
        _shop
            .With("models/a.sql", "select * from {{ ref('b') }}")
            .With("models/b.sql", "select * from {{ ref('c') }}")
            .With("models/c.sql", "select * from {{ ref('a') }}");
        Assert.EndsWith("models read each other in a circle: a -> b -> c -> a.", await FaultAsync());
    }

    [Theory]
    [InlineData("models: [{name: uno}]", "_m.yml, line 1: there is no model \"uno\".")]
    [InlineData(
        "models:\n- name: one\n  columns: [{name: one, data_tests: [uniqe]}]",
        "line 3: there is no check \"uniqe\"; did you mean \"unique\"."
    )]
    [InlineData("models: [{name: one, data_tests: [accepted_values]}]", "the check accepted_values needs values.")]
    [InlineData("models: [", "_m.yml, line 2: this is no YAML.")]
    [InlineData("- a", "_m.yml, line 1: this is not of the form key: value.")]
    [InlineData("models: [{nam: one}]", "_m.yml, line 1: name is missing.")]
    public async Task A_schema_file_that_cannot_be_read_is_named_with_its_line(string yaml, string expected)
    {
        _shop.With("models/_m.yml", yaml);
        Assert.EndsWith(expected, await FaultAsync());
    }

    [Theory]
    [InlineData("leest", "2", "unknown variable \"leest\" of the models. Did you mean \"least\"?")]
    [InlineData("colour", "2", "unknown variable \"colour\" of the models.")]
    [InlineData("least", "many", "the variable least of the models must be a number, not \"many\".")]
    public async Task A_variable_that_is_not_there_or_of_another_kind_is_refused(
        string name,
        string value,
        string expected
    )
    {
        _shop.Options = _shop.Options with { Variables = ModelRunnerTests.Values((name, value)) };
        Assert.Equal(expected, await FaultAsync());
    }

    [Fact]
    public async Task A_variable_that_is_a_text_stays_one()
    {
        _shop.With("models/two.sql", "select '{{ var('word') }}' as word");
        _shop.Options = _shop.Options with { Variables = ModelRunnerTests.Values(("word", "10")) };
        await _shop.RunAsync();
        Assert.Equal(["10"], await _shop.QueryAsync("from analytics.two"));
    }

    [Fact]
    public async Task A_selected_model_that_is_not_there_is_refused()
    {
        _shop.Options = _shop.Options with { Select = ["onne+"] };
        Assert.Equal("there is no model \"onne\". Did you mean \"one\"?", await FaultAsync());
    }

    [Fact]
    public async Task Two_models_of_one_name_are_refused()
    {
        _shop.With("models/deeper/one.sql", "select 2 as two");
        Assert.EndsWith("are both the model \"one\".", await FaultAsync());
    }

    [Fact]
    public async Task Settings_of_a_folder_hold_for_its_models_and_their_own_are_stronger()
    {
        _shop
            .With(
                "dbt_project.yml",
                "name: shop\nmodels:\n  shop:\n    +materialized: table\n    deep: {+materialized: view}\n"
            )
            .With("models/deep/two.sql", "select 2 as two")
            .With("models/deep/three.sql", "{{ config(materialized='table') }} select 3 as three");
        await _shop.RunAsync();
        Assert.Equal(
            ["one BASE TABLE", "three BASE TABLE", "two VIEW"],
            await _shop.QueryAsync(
                "select table_name, table_type from information_schema.tables where table_schema = 'analytics' order by all"
            )
        );
    }

    private async Task<string> FaultAsync() =>
        (await Assert.ThrowsAsync<ConfigurationException>(() => _shop.RunAsync())).Message;
}
