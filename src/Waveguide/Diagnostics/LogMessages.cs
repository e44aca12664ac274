using Microsoft.Extensions.Logging;

namespace Waveguide.Diagnostics;

/// <summary>Every message that the library logs.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Debug, "{Exchange}: answered {Status}")]
    public static partial void Answered(this ILogger logger, string exchange, int status);

    [LoggerMessage(2, LogLevel.Warning, "{Reason} Trying again in {Seconds:N0} s (attempt {Attempt} of {Attempts}).")]
    public static partial void Retrying(this ILogger logger, string reason, double seconds, int attempt, int attempts);
}
