namespace Waveguide.Tests;

/// <summary>Files from outside the repository; a test that needs one is skipped where it is not at hand.</summary>
internal static class Samples
{
    /// <summary>Looks in the folder of samples beside the repository, or further out where this is a work tree.</summary>
    public static string Find(string name)
    {
        for (var folder = new DirectoryInfo(Repository.Root).Parent; folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", name);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"There is no shared/data/{name} beside the repository.");
        return name;
    }
}
