namespace Waveguide.Tests;

/// <summary>Files from outside the repository; a test that needs one is skipped where it is not at hand.</summary>
internal static class Samples
{
    /// <summary>Skips the test if there is no such sample; not for fixtures, whose tests would fail.</summary>
    public static string Find(string name)
    {
        var path = FindOrNull(name);
        Assert.SkipWhen(path is null, $"There is no shared/data/{name} beside the repository.");
        return path!;
    }

    /// <summary>Looks in the folder of samples beside the repository, or further out where this is a work tree.</summary>
    public static string? FindOrNull(string name)
    {
        for (var folder = new DirectoryInfo(Repository.Root).Parent; folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", name);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
