namespace Waveguide.Cli;

/// <summary>
/// Commands are printed as <c>waveguide ...</c>, to be pasted. A program that was built from source, or unpacked
/// somewhere, is not found under that name; then one line makes it so.
/// </summary>
internal static class ProgramAlias
{
    /// <param name="process">Full path of what runs: the program, or <c>dotnet</c>.</param>
    /// <param name="assembly">Full path of the assembly that <c>dotnet</c> runs.</param>
    /// <param name="searchPath">The variable PATH.</param>
    /// <returns>Null if the shell finds this very program under its name.</returns>
    public static string? Find(string? process, string assembly, string? searchPath)
    {
        if (process is null)
        {
            return null;
        }

        var name = Path.GetFileNameWithoutExtension(process);
        if (name == "waveguide" && IsFirst(process, searchPath ?? string.Empty))
        {
            return null;
        }

        var call = name == "dotnet" ? $"dotnet {Quoted(assembly)}" : Quoted(process);
        return OperatingSystem.IsWindows() ? $"function waveguide {{ & {call} @args }}" : $"alias waveguide='{call}'";
    }

    private static bool IsFirst(string process, string searchPath) =>
        searchPath
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, Path.GetFileName(process)))
            .FirstOrDefault(File.Exists)
            is { } found
        && Target(found) == Target(process);

    private static string Target(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    private static string Quoted(string path) => path.Contains(' ') ? $"\"{path}\"" : path;
}
