using System.Reflection;

namespace Waveguide;

public static class ToolVersion
{
    /// <summary>The version of this build of Waveguide, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
