using System.Diagnostics;

namespace Waveguide.Benchmarks;

/// <summary>The processes that are measured.</summary>
internal static class Commands
{
    public static ProcessStartInfo Work(string kind, Day day)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Waveguide.Benchmarks.dll");
        return new ProcessStartInfo("dotnet", [program, "work", kind, day.Archive, day.Folder]);
    }

    public static ProcessStartInfo Sync(Day day, Uri address)
    {
        File.Delete(Path.Combine(day.Folder, "warehouse.duckdb"));
        var program = Path.Combine(AppContext.BaseDirectory, "Waveguide.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [program, "sync", "--from", "2026-11-18", "--until", "2026-11-19"])
        {
            WorkingDirectory = day.Folder,
        };
        return Connected(start, address);
    }

    /// <summary>With the environment in which a program finds the simulated Amplitude.</summary>
    public static ProcessStartInfo Connected(ProcessStartInfo start, Uri address)
    {
        start.Environment["AMPLITUDE_URL"] = address.ToString();
        start.Environment["AMP_API_KEY"] = "key";
        start.Environment["AMP_SECRET_KEY"] = "secret";
        return start;
    }

    /// <param name="mode"><c>keep</c> or <c>drop</c>: what baseline.py does with each event.</param>
    public static ProcessStartInfo Python(Day day, string mode) =>
        new("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "baseline.py"), day.Archive, mode]);
}
