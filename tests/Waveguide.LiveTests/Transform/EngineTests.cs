using Waveguide.Tests;
using Waveguide.Tests.Transform;
using Waveguide.Transform;
using Xunit.Sdk;

namespace Waveguide.LiveTests.Transform;

/// <summary>
/// Each engine has the rows that DuckDB has, and none that breaks a check of the project, after a full build and after hours that came late, were replaced or vanished:
/// PostgreSQL and ClickHouse themselves, Snowflake and Databricks by what their SQL says in a translation.
/// </summary>
public sealed class EngineTests(ITestOutputHelper output) : IDisposable
{
    private const int Steps = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose()
    {
        _star.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task PostgreSQL_has_the_rows_that_DuckDB_has()
    {
        await using var engine = await Postgres.StartAsync();
        await CompareAsync(engine);
    }

    [Fact]
    public async Task ClickHouse_has_the_rows_that_DuckDB_has()
    {
        await using var engine = new ClickHouse();
        await CompareAsync(engine);
    }

    [Theory]
    [InlineData("snowflake")]
    [InlineData("databricks")]
    public async Task Translated_SQL_of_an_engine_gives_the_rows_that_DuckDB_has(string name)
    {
        await using var engine = new Translated(Dialect.All.Single(dialect => dialect.Name == name));
        await CompareAsync(engine);
    }

    [Fact]
    public async Task What_does_not_parse_in_its_dialect_is_refused_before_it_is_run()
    {
        await using var engine = new Translated(Dialect.Snowflake);
        var refusal = await Assert.ThrowsAnyAsync<XunitException>(() =>
            engine.ExecuteAsync(["create table t as select 1 as a", "select from where ("])
        );
        Assert.Contains("snowflake: ", refusal.Message, StringComparison.Ordinal);
        await engine.ExecuteAsync(["create table t as select 1 as a"]);
    }

    private async Task CompareAsync(IEngine engine)
    {
        _star.Variables = new Dictionary<string, string>
        {
            ["privacy_ip"] = "hmac",
            ["privacy_ip_key"] = string.Concat(Enumerable.Repeat("0123456789abcdef", 4)),
        };
        var models = new EngineModels(engine, _star, _folder.Path);
        var seed = Seeds.Asked ?? 3;
        Seeds.Tell(output, $"models on {engine.Dialect.Name}: seed {seed}, {Steps} loads");
        var traffic = new RandomTraffic(seed);
        await traffic.ChangeAsync(_star);
        for (var step = 1; step <= Steps; step++)
        {
            await _star.BuildAsync();
            await models.LandAsync();
            await models.BuildAsync();
            Assert.Empty(await models.DifferencesAsync());
            Assert.Equal(
                ["no session"],
                await models.BrokenAsync(("no session", "select * from analytics.fct_sessions"))
            );
            await traffic.ChangeAsync(_star);
            await traffic.LearnAsync(_star);
        }

        // Other seeds need not bring rows to every model.
        if (Seeds.Asked is null)
        {
            Assert.Empty(await models.EmptyAsync());
        }
    }
}
