using Microsoft.Extensions.Logging;

namespace Waveguide.AzureBlob;

/// <summary>Every message that this assembly logs.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Debug, "{What}: answered {Status}")]
    public static partial void Answered(this ILogger logger, string what, int status);

    [LoggerMessage(2, LogLevel.Warning, "{Reason} Trying again in {Seconds:N0} s (attempt {Attempt} of {Attempts}).")]
    public static partial void Retrying(this ILogger logger, string reason, double seconds, int attempt, int attempts);
}
