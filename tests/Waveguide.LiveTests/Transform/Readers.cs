using Waveguide.Tests;

namespace Waveguide.LiveTests.Transform;

/// <summary>Scripts and packages of <c>tests/readers</c>.</summary>
internal static class Readers
{
    private static string Folder { get; } = Path.Combine(Repository.Root, "tests", "readers");

    /// <summary>A file of the folder; skips or fails where npm's packages are not there.</summary>
    public static string Find(string path, string package)
    {
        Witness.Require(Directory.Exists(Path.Combine(Folder, "node_modules", package)), $"{package} of tests/readers");
        return Path.Combine(Folder, path);
    }
}
