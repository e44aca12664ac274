using System.Reflection;

namespace Waveguide.Tests;

internal static class Repository
{
    /// <summary>The folder that holds Waveguide.slnx, with a separator at the end.</summary>
    public static string Root { get; } =
        typeof(Repository)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot")
            .Value!;
}
