namespace Waveguide.LiveTests.Transform;

/// <summary>Programs that only some machines have.</summary>
internal static class Witness
{
    /// <summary>Without what is needed the test is skipped at home, and fails in CI.</summary>
    public static void Require(bool isThere, string what)
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.SkipUnless(isThere, $"This machine lacks {what}; ./test installs it.");
        }

        Assert.True(isThere, $"CI lacks {what}.");
    }
}
