using System.Text.RegularExpressions;

namespace Waveguide.Tests.House;

/// <summary>The page of guarantees names tests that there are.</summary>
public sealed partial class GuaranteeTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "guarantees.md"));

    [Fact]
    public void Every_test_that_holds_a_guarantee_exists()
    {
        var sources = Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "tests"),
            "*.cs",
            SearchOption.AllDirectories
        );
        var tests = sources.SelectMany(file => TestName().Matches(File.ReadAllText(file))).Select(Name).ToHashSet();
        Assert.All(Rows().SelectMany(Named), name => Assert.Contains(name, tests));
    }

    [Fact]
    public void Every_guarantee_is_held_by_a_test()
    {
        Assert.NotEmpty(Rows());
        Assert.All(Rows(), row => Assert.NotEmpty(Named(row)));
    }

    private static IEnumerable<string> Rows() =>
        Page.Where(line =>
            line.StartsWith("| ", StringComparison.Ordinal) && !line.EndsWith("| Held by |", StringComparison.Ordinal)
        );

    private static IEnumerable<string> Named(string row) => Quoted().Matches(row.Split('|')[2]).Select(Name);

    private static string Name(Match match) => match.Groups["name"].Value;

    [GeneratedRegex(
        @"\[(?:Fact|Theory)[^\]]*\](?:\s*\[[^\n]*\])*\s*public (?:async )?(?:Task|void) (?<name>\w+)\(",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex TestName();

    [GeneratedRegex(@"`(?<name>\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Quoted();
}
