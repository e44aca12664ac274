namespace Waveguide.Tests.Cli;

/// <summary>Keeps what is written, and shows each line as it comes.</summary>
internal sealed class WatchedWriter(Action<string> see) : StringWriter
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        see(value ?? string.Empty);
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}
