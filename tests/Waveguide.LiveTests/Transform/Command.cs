using System.Diagnostics;

namespace Waveguide.LiveTests.Transform;

/// <summary>A program that is run to its end.</summary>
internal static class Command
{
    /// <param name="input">What the program reads from standard input.</param>
    /// <returns>What it wrote to standard output.</returns>
    public static async Task<string> RunAsync(IReadOnlyList<string> words, string input = "")
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEndAsync();
        var problem = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything, and says why.
        }

        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{words[0]}: {await problem}\n{await answer}");
        return await answer;
    }
}
