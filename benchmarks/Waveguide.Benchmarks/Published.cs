using System.Diagnostics;

namespace Waveguide.Benchmarks;

/// <summary>The program as it is shipped: published, compiled ahead of time, in a folder of its own.</summary>
internal sealed class Published(string folder)
{
    public static async Task<Published> MakeAsync(string root, string folder)
    {
        string[] arguments =
        [
            "publish",
            Path.Combine(root, "src", "Waveguide.Cli"),
            "--configuration=Release",
            "--use-current-runtime",
            "--no-self-contained",
            "-p:PublishReadyToRun=true",
            "-p:NuGetLockFilePath=obj/published.lock.json",
            "-p:RestoreLockedMode=false",
            $"--artifacts-path={Path.Combine(folder, "artifacts")}",
            $"--output={Path.Combine(folder, "program")}",
        ];
        await Measured.RunAsync(new ProcessStartInfo("dotnet", arguments));
        return new Published(Path.Combine(folder, "program"));
    }

    /// <param name="workplace">The folder in which it is called, where its warehouse is.</param>
    public ProcessStartInfo Call(string workplace, params IEnumerable<string> arguments) =>
        new(Path.Combine(folder, "waveguide"), arguments) { WorkingDirectory = workplace };
}
