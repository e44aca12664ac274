namespace Waveguide.Tests.Cli;

/// <summary>What holds for everything that the program ever says.</summary>
internal static class OutputRules
{
    private const int Width = 80;

    /// <param name="isQuery">Whether standard output holds the answer of an SQL statement.</param>
    public static void Check(Outcome outcome, bool isQuery = false)
    {
        foreach (var line in isQuery ? outcome.ErrorLines : outcome.OutLines.Concat(outcome.ErrorLines))
        {
            var holdsPathOrJson = line.Contains('/') || line.StartsWith('{');
            Assert.True(line.Length <= Width || holdsPathOrJson, $"{line.Length} columns: {line}");
        }

        var all = outcome.Out + outcome.Error;
        Assert.DoesNotContain(Shell.ApiKey, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Shell.SecretKey, all, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Waveguide.", all, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", all, StringComparison.Ordinal);
    }
}
