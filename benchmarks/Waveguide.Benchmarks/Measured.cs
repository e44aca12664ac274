using System.Diagnostics;
using System.Globalization;

namespace Waveguide.Benchmarks;

/// <summary>What a process took.</summary>
/// <param name="Processor">Time of the processors, from Linux's <c>/proc</c>, up to a moment before the end; 0 elsewhere.</param>
/// <param name="PeakBytes">Largest resident memory, from there too.</param>
internal sealed record Measured(TimeSpan Elapsed, TimeSpan Processor, long PeakBytes)
{
    private const string Peak = "VmHWM:";

    /// <summary>What the process wrote.</summary>
    public string Output { get; init; } = string.Empty;

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
        var (peak, processor) = (0L, TimeSpan.Zero);
        while (!process.WaitForExit(milliseconds: 20))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            processor = ProcessorOf(process.Id) ?? processor;
        }

        var elapsed = watch.Elapsed;
        return process.ExitCode == 0
            ? new Measured(elapsed, processor, peak) { Output = await output }
            : throw new InvalidOperationException($"{start.FileName} failed: {await output}{await error}");
    }

    private static long PeakOf(int process)
    {
        var line = Read($"/proc/{process}/status")
            .Split('\n')
            .FirstOrDefault(text => text.StartsWith(Peak, StringComparison.Ordinal));
        return line is null
            ? 0
            : long.Parse(line[Peak.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
                << 10;
    }

    /// <summary>User and system time: fields 14 and 15 of <c>proc_pid_stat(5)</c>, in hundredths of a second.</summary>
    private static TimeSpan? ProcessorOf(int process)
    {
        var stat = Read($"/proc/{process}/stat");
        string[] behindName = stat[(stat.LastIndexOf(')') + 1)..].Split(' ');
        return behindName.Length < 14
            ? null
            : TimeSpan.FromMilliseconds(
                10 * behindName[12..14].Sum(field => long.Parse(field, CultureInfo.InvariantCulture))
            );
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
