using Waveguide.Cli;
using Waveguide.Simulator;

namespace Waveguide.Tests.Cli;

public sealed class QueryTests(QueryTests.Loaded loaded) : IClassFixture<QueryTests.Loaded>
{
    private const string Sql = """
        select uuid, amplitude_id, city, user_properties, event_time, location_lat
        from amplitude.events order by uuid
        """;

    [Fact]
    public async Task A_table_keeps_a_row_on_a_line()
    {
        var outcome = (await loaded.Shell.RunAsync(["query", Sql])).Ended(ExitCode.Done);
        Assert.Equal(
            [
                "uuid         amplitude_id  city              user_properties            event_time                  location_lat",
                "1     9007199254740993123  Zürich \"Nord\" 東京  {\"a\" : [1, 2.50], \"é\":\"\"}  2025-07-11 08:01:02.000003         47.25",
                "2                    NULL  NULL              NULL                       NULL                                NULL",
            ],
            outcome.OutLines
        );
    }

    [Fact]
    public async Task Csv_quotes_what_needs_it_and_tells_null_from_empty()
    {
        var outcome = (await loaded.Shell.RunAsync(["query", Sql, "--format", "csv"])).Ended(ExitCode.Done);
        Assert.Equal(
            "uuid,amplitude_id,city,user_properties,event_time,location_lat\r\n"
                + "1,9007199254740993123,\"Zürich \"\"Nord\"\"\n東京\",\"{\"\"a\"\" : [1, 2.50], \"\"é\"\":\"\"\"\"}\",2025-07-11 08:01:02.000003,47.25\r\n"
                + "2,,,,,\r\n",
            outcome.Out
        );
        var empty = await loaded.Shell.RunAsync(["query", "select '' as a, null as b", "--format", "csv"]);
        Assert.Equal("a,b\r\n\"\",\r\n", empty.Out);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--format=json")]
    public async Task Json_keeps_numbers_whole_and_json_as_it_is(string option)
    {
        var outcome = (await loaded.Shell.RunAsync(["query", Sql, option])).Ended(ExitCode.Done);
        Assert.Equal(
            [
                """{"uuid":"1","amplitude_id":9007199254740993123,"city":"Zürich \"Nord\"\n東京","user_properties":{"a" : [1, 2.50], "é":""},"event_time":"2025-07-11 08:01:02.000003","location_lat":47.25}""",
                """{"uuid":"2","amplitude_id":null,"city":null,"user_properties":null,"event_time":null,"location_lat":null}""",
            ],
            outcome.OutLines
        );
    }

    [Theory]
    [InlineData("[1, 2]", "[1,2]")]
    [InlineData("{'day': date '2025-07-09', 'said': 'é \"'}", """{"day":"2025-07-09","said":"é \""}""")]
    [InlineData("map {1: true}", """{"1":true}""")]
    [InlineData("1.50::decimal(9, 2)", "1.50")]
    [InlineData("'nan'::double", "\"NaN\"")]
    [InlineData("0.5::float", "0.5")]
    [InlineData("170141183460469231731687303715884105727::hugeint", "170141183460469231731687303715884105727")]
    [InlineData("interval '1 month 2 days'", "\"1 month 2 days\"")]
    [InlineData("interval '90 minutes'", "\"01:30:00\"")]
    [InlineData("time '10:00:30'", "\"10:00:30\"")]
    [InlineData("'ab'::blob", "\"0x6162\"")]
    public async Task A_value_of_any_type_has_a_form_in_json(string value, string json)
    {
        var outcome = (await loaded.Shell.RunAsync(["query", $"select {value} as v", "--json"])).Ended(ExitCode.Done);
        Assert.Equal($$"""{"v":{{json}}}""", Assert.Single(outcome.OutLines));
    }

    [Theory]
    [InlineData("selekt 1", "Parser Error: syntax error at or near \"selekt\".")]
    [InlineData("select * from amplitude.evnts", "Table with name evnts does not exist! Did you mean \"events\"?")]
    [InlineData("select 1; select 2", "Cannot prepare multiple statements at once.")]
    [InlineData("", "No statement to prepare.")]
    [InlineData("delete from amplitude.events", "attached in read-only mode.")]
    [InlineData("select cast(uuid || 'x' as int) from amplitude.events", "Could not convert string")]
    public async Task A_wrong_statement_gets_a_sentence(string sql, string sentence)
    {
        var outcome = (await loaded.Shell.RunAsync(["query", sql])).Ended(ExitCode.Usage);
        Assert.Empty(outcome.Out);
        Assert.StartsWith("error: the warehouse refused this statement: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(sentence, outcome.Flat);
    }

    /// <summary>A warehouse with a full row and an empty one.</summary>
    public sealed class Loaded : IAsyncLifetime
    {
        private static readonly DateTime Hour = new(2025, 7, 11, 8, 0, 0, DateTimeKind.Utc);

        internal Shell Shell { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            const string full = """
                "amplitude_id":9007199254740993123,"city":"Zürich \"Nord\"\n東京","user_properties":{"a" : [1, 2.50], "é":""},"event_time":"2025-07-11 08:01:02.000003","location_lat":47.25,
                """;

            var data = new MemoryData().Add(Hour, 1, Shell.Row("1", Hour, full.Trim()), Shell.Row("2", Hour));
            Shell = await Shell.StartAsync(data);
            (await Shell.RunAsync("sync --from 2025-07-11T08 --until 2025-07-11T09 --quiet")).Ended(ExitCode.Done);
        }

        public ValueTask DisposeAsync() => Shell.DisposeAsync();
    }
}
