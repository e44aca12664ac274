namespace Waveguide.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("waveguide-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The files of a folder in it and those below that have anything in them.</summary>
    public IReadOnlyList<string> Filled(string name) =>
        Directory.Exists(At(name))
            ?
            [
                .. Directory
                    .EnumerateFiles(At(name), "*", SearchOption.AllDirectories)
                    .Where(path => new FileInfo(path).Length > 0),
            ]
            : [];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
