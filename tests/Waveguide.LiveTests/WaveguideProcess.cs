using System.Diagnostics;
using System.Text;

namespace Waveguide.LiveTests;

/// <summary>The real executable, started as a user starts it.</summary>
internal sealed class WaveguideProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WaveguideProcess(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        IEnumerable<string> arguments
    )
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Waveguide.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Out => Text(_out);

    public string Error => Text(_error);

    public static WaveguideProcess Start(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        params IEnumerable<string> arguments
    ) => new(folder, environment, arguments);

    /// <summary>Runs to the end.</summary>
    public static async Task<(int Code, string Out, string Error)> RunAsync(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        params IEnumerable<string> arguments
    )
    {
        using var program = Start(folder, environment, arguments);
        var code = await program.EndAsync();
        return (code, program.Out, program.Error);
    }

    /// <summary>Waits until the text is in what the program wrote, for 2 minutes at most.</summary>
    public async Task HearAsync(string text)
    {
        while (true)
        {
            Task heard;
            lock (_gate)
            {
                if (Holds(_out, text) || Holds(_error, text))
                {
                    return;
                }

                heard = _heard.Task;
            }

            await Task.WhenAny(heard, _process.WaitForExitAsync()).WaitAsync(Patience);
            if (
                _process.HasExited
                && !Out.Contains(text, StringComparison.Ordinal)
                && !Error.Contains(text, StringComparison.Ordinal)
            )
            {
                throw new InvalidOperationException($"The program ended without \"{text}\": {Out}{Error}");
            }
        }
    }

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Sends the signal that Ctrl-C sends.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it without warning.</summary>
    /// <returns>Whether it was still running.</returns>
    public bool Kill()
    {
        var runs = !_process.HasExited;
        _process.Kill();
        return runs;
    }

    public void Dispose()
    {
        if (Kill())
        {
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static bool Holds(StringBuilder heard, string text) =>
        heard.ToString().Contains(text, StringComparison.Ordinal);

    private void Hear(StringBuilder text, string? line)
    {
        lock (_gate)
        {
            if (line is not null)
            {
                text.AppendLine(line);
            }

            _heard.SetResult();
            _heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private string Text(StringBuilder text)
    {
        lock (_gate)
        {
            return text.ToString();
        }
    }
}
