using Waveguide.Cli.Configuration;

namespace Waveguide.Cli;

/// <summary>The hours that the command line asks for.</summary>
/// <param name="From">Null: as the project is set up.</param>
/// <param name="Until">Excluded; null: as far as is published.</param>
/// <param name="Again">Whether hours that are loaded are read again.</param>
internal sealed record RunScope(UploadHour? From, UploadHour? Until, bool Again = false)
{
    /// <summary>Days that a first sync goes back when no start is set, as the Lakeflow connector does.</summary>
    private const int FirstDays = 30;

    /// <exception cref="ConfigurationException">The end is not after the beginning.</exception>
    public void Check()
    {
        if (From is { } from && Until is { } until && until <= from)
        {
            throw Impossible($"--until {until} is not after --from {from}.");
        }
    }

    /// <summary>From where it was asked, or else from the project's start, the first hour of the ledger, or 30 days ago.</summary>
    /// <exception cref="ConfigurationException">The end is not after the beginning.</exception>
    public RunRequest Request(ProjectSettings project, Coverage coverage, DateTimeOffset now)
    {
        var first = From ?? project.Start ?? coverage.First ?? UploadHour.Of(now).Midnight.AddHours(-24 * FirstDays);
        return Until is { } end && end <= first
            ? throw Impossible($"--until {end} is not after the first wanted hour, {first}.")
            : new RunRequest(first, Until, Again);
    }

    private static ConfigurationException Impossible(string message) =>
        new(message) { Hint = "until is excluded: one day is --from 2025-07-09 --until 2025-07-10." };
}
