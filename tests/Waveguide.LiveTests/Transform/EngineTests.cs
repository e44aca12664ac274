using Waveguide.Tests;
using Waveguide.Tests.Transform;

namespace Waveguide.LiveTests.Transform;

/// <summary>
/// PostgreSQL and ClickHouse have the rows that DuckDB has, after a full build and after hours that came late, were
/// replaced or vanished: three engines that know nothing of each other.
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

    private async Task CompareAsync(IEngine engine)
    {
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
            await traffic.ChangeAsync(_star);
            await traffic.LearnAsync(_star);
        }

        Assert.Empty(await models.EmptyAsync());
    }
}
