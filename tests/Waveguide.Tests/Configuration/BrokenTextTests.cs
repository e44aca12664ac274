using Waveguide.Cli.Configuration.Reading;
using Waveguide.Cli.Configuration.Writing;

namespace Waveguide.Tests.Configuration;

public sealed class BrokenTextTests : IDisposable
{
    private const string Marked = "d0n0tsh0wd0n0tsh0wd0n0tsh0w12345";

    private const string Signs = " \t\n\r:-#'\"[]{}*&!|>%@`,?~$=\\\0\u0085\uFEFFéa0";

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void However_a_file_is_broken_it_is_read_or_refused_without_its_secret(int seed)
    {
        var random = new Random(seed);
        var texts = new[] { ConfigurationExample.Everything(), ConfigurationExample.TwoProjects };
        for (var round = 0; round < 500; round++)
        {
            var text = texts[round % 2]
                .Replace("${AMP_API_KEY}", Marked, StringComparison.Ordinal)
                .Replace("${WEB_API_KEY}", Marked, StringComparison.Ordinal);
            _place.WithYaml(Break(text, random));
            AssertReadOrRefused(() => _place.Read());
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void However_the_env_file_is_broken_it_is_read_or_refused_without_its_secret(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var text = $"# keys\nexport AMP_API_KEY={Marked}\nA=\"x\\n{Marked}\" # y\n\nB = '{Marked}'\n";
            AssertReadOrRefused(() => EnvFile.Parse(Break(text, random), ".env"));
        }
    }

    /// <summary>Some signs added, dropped, or changed, at random; never within the secret.</summary>
    private static string Break(string text, Random random)
    {
        var broken = text;
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(broken.Length);
            var sign = Signs[random.Next(Signs.Length)].ToString();
            var inside = broken.IndexOf(Marked, Math.Max(0, at - Marked.Length), StringComparison.Ordinal);
            if (inside < 0 || at <= inside || at >= inside + Marked.Length)
            {
                broken = random.Next(3) switch
                {
                    0 => broken.Insert(at, sign),
                    1 => at == inside ? broken : broken.Remove(at, 1),
                    _ => at == inside ? broken : broken.Remove(at, 1).Insert(at, sign),
                };
            }
        }

        return broken;
    }

    private static void AssertReadOrRefused(Func<object> read)
    {
        try
        {
            read();
        }
        catch (ConfigurationException fault)
        {
            Assert.DoesNotContain(Marked, fault.ToString(), StringComparison.Ordinal);
        }
    }
}
