using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Waveguide.Tests.Scanning;

public sealed class RandomLineTests(ScanEngine engine) : IClassFixture<ScanEngine>
{
    [Fact]
    public void Random_objects_land_as_the_slow_model_says() => Check(JsonDice.Line, runs: 12);

    [Fact]
    public void Rows_with_all_keys_and_random_values_land_as_the_slow_model_says() =>
        Check(JsonDice.OrderedLine, runs: 5);

    private void Check(Gen<string> line, int runs)
    {
        var lines = line.ArrayOf(100).ToArbitrary();
        Prop.ForAll(lines, made => Agreement.AssertLands(engine, [.. made.Select(Encoding.UTF8.GetBytes)]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithEndSize(60));
    }
}
