using System.Diagnostics;

namespace Waveguide.Benchmarks;

/// <summary>The processes that are measured.</summary>
internal static class Commands
{
    public static ProcessStartInfo Work(Published works, string kind, Day day) =>
        works.Call(day.Folder, "work", kind, day.Archive, day.Folder);

    public static ProcessStartInfo Sync(Published waveguide, Day day, Uri address)
    {
        File.Delete(Path.Combine(day.Folder, "warehouse.duckdb"));
        return Connected(waveguide.Call(day.Folder, "sync", "--from", "2026-11-18", "--until", "2026-11-19"), address);
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
