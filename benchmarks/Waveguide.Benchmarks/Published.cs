using System.Diagnostics;

namespace Waveguide.Benchmarks;

/// <summary>A program as Waveguide is shipped: published, compiled ahead of time, in a folder of its own.</summary>
internal sealed class Published(string program)
{
    public static Task<Published> WaveguideAsync(string root, string folder) =>
        MakeAsync(Path.Combine(root, "src", "Waveguide.Cli"), folder, "waveguide");

    /// <summary>This program, for the works that are measured.</summary>
    public static Task<Published> WorksAsync(string root, string folder) =>
        MakeAsync(Path.Combine(root, "benchmarks", "Waveguide.Benchmarks"), folder, "Waveguide.Benchmarks");

    /// <param name="workplace">The folder in which it is called.</param>
    public ProcessStartInfo Call(string workplace, params IEnumerable<string> arguments) =>
        new(program, arguments) { WorkingDirectory = workplace };

    private static async Task<Published> MakeAsync(string project, string folder, string name)
    {
        var output = Path.Combine(folder, name);
        string[] arguments =
        [
            "publish",
            project,
            "--configuration=Release",
            "--use-current-runtime",
            "--no-self-contained",
            "-p:PublishReadyToRun=true",
            "-p:NuGetLockFilePath=obj/published.lock.json",
            "-p:RestoreLockedMode=false",
            $"--artifacts-path={Path.Combine(folder, "artifacts")}",
            $"--output={output}",
        ];
        await Measured.RunAsync(new ProcessStartInfo("dotnet", arguments));
        return new Published(Path.Combine(output, name));
    }
}
