using Microsoft.Extensions.Logging;

namespace Waveguide.Cli.Output;

/// <summary>The library's log as lines beside the results.</summary>
internal sealed class ErrorLogger(CliHost host, LogLevel least) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && least != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (IsEnabled(logLevel))
        {
            host.Note($"{host.Stamp()} {formatter(state, exception)}");
        }
    }
}
