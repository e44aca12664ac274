using System.Diagnostics;
using System.Globalization;

namespace Waveguide.Benchmarks;

/// <summary>What a process took.</summary>
/// <param name="PeakBytes">Largest resident memory, from Linux's <c>/proc</c>; 0 elsewhere.</param>
internal sealed record Measured(TimeSpan Elapsed, long PeakBytes)
{
    private const string Peak = "VmHWM:";

    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static async Task<Measured> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(milliseconds: 20))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
        }

        var elapsed = watch.Elapsed;
        return process.ExitCode == 0
            ? new Measured(elapsed, peak)
            : throw new InvalidOperationException($"{start.FileName} failed: {await output}{await error}");
    }

    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(text => text.StartsWith(Peak, StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(
                    line[Peak.Length..].Replace("kB", "", StringComparison.Ordinal),
                    CultureInfo.InvariantCulture
                ) << 10;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
