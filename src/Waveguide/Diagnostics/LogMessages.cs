using Microsoft.Extensions.Logging;

namespace Waveguide.Diagnostics;

/// <summary>Every message that the library logs.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Debug, "{Exchange}: answered {Status}")]
    public static partial void Answered(this ILogger logger, string exchange, int status);

    /// <param name="level">A quick wait that is told at its end anyway is only for those who want to see all.</param>
    [LoggerMessage(EventId = 2, Message = "{Reason} Trying again in {Seconds:N0} s (attempt {Attempt} of {Attempts}).")]
    public static partial void Retrying(
        this ILogger logger,
        LogLevel level,
        string reason,
        double seconds,
        int attempt,
        int attempts
    );
}
