using Waveguide.Transform;

namespace Waveguide.Tests.Transform;

public sealed class ModelRunnerTests : IDisposable
{
    private const string Sessions = """
        {{ config(materialized='incremental', incremental_strategy='append',
            pre_hook="{{ forget('device_id', ref('touched')) }}") }}
        select device_id, session_id, count(*) as events
        from {{ source('amplitude', 'events') }}
        {{ only('device_id', ref('touched')) }}
        group by all
        """;

    private readonly Workshop _shop = new Workshop()
        .With(
            "models/devices.sql",
            "{{ config(materialized='table') }}\nselect distinct device_id from {{ ref('sessions') }}"
        )
        .With("models/sessions.sql", Sessions)
        .With(
            "models/touched.sql",
            "{{ config(materialized='table') }}\nselect 'b' as device_id from {{ source('amplitude', 'events') }} limit 1"
        )
        .With("models/first_view.sql", "select * from {{ ref('sessions') }} where session_id >= {{ var('least') }}")
        .With(
            "macros/forget.sql",
            """
            {% macro forget(column, relation) -%}
            {% if is_incremental() %}delete from {{ this }} where {{ column }} in (select {{ column }} from {{ relation }}){% endif %}
            {%- endmacro %}
            {% macro only(column, relation) -%}
            {% if is_incremental() %}where {{ column }} in (select {{ column }} from {{ relation }}){% endif %}
            {%- endmacro %}
            """
        );

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Models_are_built_after_what_they_read()
    {
        await _shop.LandAsync(0, 1, "a1", "a1", "b2");
        var report = await _shop.RunAsync();
        Assert.Equal(["touched", "sessions", "devices", "first_view"], Names(report));
        Assert.All(report.Built, built => Assert.Equal(BuildKind.Whole, built.Kind));
        Assert.Equal([1, 2, 2, null], report.Built.Select(built => built.Rows));
        Assert.Equal(["a 1 2", "b 2 1"], await _shop.QueryAsync("from analytics.sessions order by all"));
    }

    [Fact]
    public async Task Keys_that_seldom_repeat_are_stored_as_they_are()
    {
        const string Numbers = "from range(9000) as numbers (number)";
        const string Texts = "'group ' || number % 3 as session_group, 'page ' || number % 3 as page_key";
        _shop
            .With("models/sessions_1.sql", Grown($"select {Texts}, number as \"an \"\"odd\"\" name\" {Numbers}"))
            .With("models/events_1.sql", Grown($"select {Texts}, 'event ' || number % 3 as event_key {Numbers}"));
        await _shop.LandAsync(0, 1, "a1");
        Assert.Empty((await _shop.RunAsync()).Failed);
        Assert.Equal(["page_key DICT_FSST", "session_group Uncompressed"], await StorageAsync("sessions_1"));
        Assert.Equal(
            ["event_key Uncompressed", "page_key DICT_FSST", "session_group DICT_FSST"],
            await StorageAsync("events_1")
        );
    }

    [Fact]
    public async Task Models_that_do_not_read_each_other_are_told_one_at_a_time_and_reported_in_order()
    {
        var names = Enumerable.Range(1, 12).Select(number => $"model_{number:00}").ToList();
        names.ForEach(name => _shop.With($"models/{name}.sql", Table("select distinct device_id", "sessions")));
        await _shop.LandAsync(0, 1, "a1");
        await _shop.RunAsync();
        names.ForEach(name => _shop.With($"models/{name}_reader.sql", Table("select count(*) as rows", name)));
        await _shop.LandAsync(1, 1, "b1");
        var listening = 0;
        _shop.Watch = _ =>
        {
            Assert.Equal(1, Interlocked.Increment(ref listening));
            Interlocked.Decrement(ref listening);
        };
        var report = await _shop.RunAsync();
        Assert.Empty(report.Failed);
        Assert.Equal(names, Names(report).Where(names.Contains));
        Assert.All(names, name => Assert.Contains($"{name}_reader", Names(report).SkipWhile(other => other != name)));
        Assert.Equal(["2"], await _shop.QueryAsync("from analytics.model_12_reader"));
    }

    [Fact]
    public async Task A_second_run_finds_everything_up_to_date()
    {
        await _shop.LandAsync(0, 1, "a1");
        await _shop.RunAsync();
        var report = await _shop.RunAsync();
        Assert.Empty(report.Built);
        Assert.Equal(4, report.UpToDate);
    }

    [Fact]
    public async Task After_a_new_hour_an_incremental_model_takes_in_only_what_it_says()
    {
        await _shop.LandAsync(0, 1, "a1", "b1");
        await _shop.RunAsync();
        await _shop.LandAsync(1, 2, "a1", "b1");
        var report = await _shop.RunAsync();
        Assert.Equal(BuildKind.Touched, report.Built.Single(built => built.Model.Name == "sessions").Kind);
        Assert.Equal(["a 1 1", "b 1 2"], await _shop.QueryAsync("from analytics.sessions order by all"));
    }

    [Fact]
    public async Task A_replaced_hour_is_noticed_though_it_has_as_many_rows()
    {
        await _shop.LandAsync(0, 1, "b1");
        await _shop.RunAsync();
        await _shop.LandAsync(0, 2, "b2");
        await _shop.RunAsync();
        Assert.Equal(["b 2 1"], await _shop.QueryAsync("from analytics.sessions"));
    }

    [Fact]
    public async Task Full_refresh_builds_everything_anew()
    {
        await _shop.LandAsync(0, 1, "a1");
        await _shop.RunAsync();
        _shop.Options = _shop.Options with { FullRefresh = true };
        Assert.All((await _shop.RunAsync()).Built, built => Assert.Equal(BuildKind.Whole, built.Kind));
        Assert.Equal(4, _shop.Heard.Count);
    }

    [Fact]
    public async Task A_variable_with_another_value_builds_anew_what_uses_it_and_nothing_else()
    {
        await _shop.LandAsync(0, 1, "a1", "a2");
        await _shop.RunAsync();
        _shop.Options = _shop.Options with { Variables = Values(("least", "2")) };
        Assert.Equal(["first_view"], Names(await _shop.RunAsync()));
        Assert.Equal(["a 2 1"], await _shop.QueryAsync("from analytics.first_view"));
    }

    [Fact]
    public async Task Other_sql_builds_the_model_whole_and_those_that_read_it()
    {
        await _shop.LandAsync(0, 1, "a1");
        await _shop.RunAsync();
        _shop.With("models/touched.sql", "select 'a' as device_id, {{ var('least') }} as other");
        var report = await _shop.RunAsync();
        Assert.Equal(["touched", "sessions", "devices", "first_view"], Names(report));
        Assert.All(report.Built, built => Assert.Equal(BuildKind.Whole, built.Kind));
    }

    [Fact]
    public async Task A_table_that_somebody_dropped_is_made_again()
    {
        await _shop.LandAsync(0, 1, "a1");
        await _shop.RunAsync();
        await _shop.QueryAsync("drop table analytics.devices");
        Assert.Equal(["devices"], Names(await _shop.RunAsync()));
    }

    [Fact]
    public async Task A_selection_brings_what_it_reads_up_to_date_first()
    {
        await _shop.LandAsync(0, 1, "a1");
        _shop.Options = _shop.Options with { Select = ["sessions"] };
        Assert.Equal(["touched", "sessions"], Names(await _shop.RunAsync()));
        _shop.Options = _shop.Options with { Select = ["sessions+"] };
        Assert.Equal(["devices", "first_view"], Names(await _shop.RunAsync()));
    }

    [Fact]
    public async Task A_model_that_fails_stays_as_it_was_and_those_that_read_it_wait()
    {
        await _shop.LandAsync(0, 1, "a1");
        await _shop.RunAsync();
        _shop.With("models/sessions.sql", Sessions.Replace("count(*)", "count(nothing)", StringComparison.Ordinal));
        var report = await _shop.RunAsync();
        var failed = Assert.Single(report.Failed);
        Assert.Equal("sessions", failed.Model.Name);
        Assert.Contains("nothing", failed.Reason.Message, StringComparison.Ordinal);
        Assert.Equal(["devices", "first_view"], report.Skipped.Select(skipped => skipped.Model.Name));
        Assert.Equal(["a 1 1"], await _shop.QueryAsync("from analytics.sessions"));
        _shop.With("models/sessions.sql", Sessions);
        Assert.Empty((await _shop.RunAsync()).Built);
    }

    [Fact]
    public async Task A_run_that_is_stopped_leaves_every_model_whole_and_goes_on_next_time()
    {
        await _shop.LandAsync(0, 1, "a1", "b1");
        await _shop.RunAsync();
        await _shop.LandAsync(1, 2, "b1");
        using var stop = new CancellationTokenSource();
        _shop.Watch = happened =>
            Assert.True(happened is not TransformEvent.Built { Model.Name: "touched" } || Cancel(stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _shop.RunAsync(stop.Token));
        Assert.Equal(["a 1 1", "b 1 1"], await _shop.QueryAsync("from analytics.sessions order by all"));
        _shop.Watch = _ => { };
        Assert.DoesNotContain("touched", Names(await _shop.RunAsync()));
        Assert.Equal(["a 1 1", "b 1 2"], await _shop.QueryAsync("from analytics.sessions order by all"));
    }

    [Fact]
    public async Task A_model_may_become_a_view_and_a_table_again()
    {
        await _shop.LandAsync(0, 1, "a1");
        await _shop.RunAsync();
        _shop.With("models/devices.sql", "select 1 as one");
        await _shop.RunAsync();
        Assert.Equal(["1"], await _shop.QueryAsync("from analytics.devices"));
        _shop.With("models/devices.sql", "{{ config(materialized='table') }} select 2 as two");
        await _shop.RunAsync();
        Assert.Equal(["2"], await _shop.QueryAsync("from analytics.devices"));
    }

    [Fact]
    public async Task Rows_of_the_same_key_are_replaced_where_a_model_has_a_key()
    {
        _shop.With(
            "models/sessions.sql",
            """
            {{ config(materialized='incremental', unique_key=['device_id', 'session_id']) }}
            select device_id, session_id, max(_loaded_at) as seen from {{ source('amplitude', 'events') }} group by all
            """
        );
        await _shop.LandAsync(0, 1, "a1", "b1");
        await _shop.RunAsync();
        await _shop.LandAsync(0, 2, "a1");
        await _shop.RunAsync();
        Assert.Equal(
            ["a 2", "b 1"],
            await _shop.QueryAsync("select device_id, second(seen) from analytics.sessions order by all")
        );
    }

    [Fact]
    public async Task An_empty_warehouse_gives_empty_models()
    {
        var report = await _shop.RunAsync();
        Assert.Empty(report.Failed);
        Assert.Equal([0, 0, 0, null], report.Built.Select(built => built.Rows));
    }

    [Fact]
    public async Task Columns_that_an_older_load_did_not_have_are_there_and_empty()
    {
        await _shop.LandAsync(0, 1, "a1");
        await _shop.QueryAsync("alter table amplitude.events drop column city");
        _shop.With(
            "models/cities.sql",
            "{{ config(materialized='table') }} select city from {{ source('amplitude', 'events') }}"
        );
        Assert.Empty((await _shop.RunAsync()).Failed);
        Assert.Equal([""], await _shop.QueryAsync("from analytics.cities"));
    }

    internal static IReadOnlyDictionary<string, string> Values(params (string Name, string Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);

    private static string Table(string select, string input) =>
        $$$"""{{ config(materialized='table') }} {{{select}}} from {{ ref('{{{input}}}') }}""";

    private static string Grown(string select) =>
        $$$"""{{ config(materialized='incremental', incremental_strategy='append') }} {{{select}}}""";

    private Task<IReadOnlyList<string>> StorageAsync(string model) =>
        _shop.QueryAsync(
            $"""
            select distinct column_name, compression from pragma_storage_info('analytics.{model}')
            where segment_type = 'VARCHAR' order by all
            """
        );

    private static IEnumerable<string> Names(TransformReport report) => report.Built.Select(built => built.Model.Name);

    private static bool Cancel(CancellationTokenSource stop)
    {
        stop.Cancel();
        return true;
    }
}
