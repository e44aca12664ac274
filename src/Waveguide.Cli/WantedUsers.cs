using Waveguide.Amplitude;
using Waveguide.Amplitude.Profiles;
using Waveguide.Cli.Configuration;

namespace Waveguide.Cli;

/// <summary>The users whose profiles are wanted: those that were named, those of a file, or those seen in landed events.</summary>
internal sealed class WantedUsers(TableOptions options, string project, IDestination? destination, TimeProvider clock)
{
    private const string Seen = """
        SELECT DISTINCT user_id FROM amplitude.events
        WHERE _project = $1 AND _upload_hour >= $2 AND user_id IS NOT NULL ORDER BY user_id
        """;

    /// <summary>The ids of <c>--user-ids</c>, of which each may hold several with commas between them.</summary>
    /// <exception cref="ConfigurationException">The option is there, but names nobody.</exception>
    public static IReadOnlyList<string>? Split(string[]? said)
    {
        if (said is null or [])
        {
            return null;
        }

        var ids = said.SelectMany(text =>
                text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            )
            .ToList();
        return ids.Count > 0
            ? ids
            : throw new ConfigurationException("--user-ids names nobody.")
            {
                Hint = "Write ids with commas between them, such as --user-ids ana,bob.",
            };
    }

    public ProfileOptions Profiles() =>
        new()
        {
            Users = FindAsync,
            Properties = options.Properties,
            Cohorts = options.CohortIds,
            Computations = options.Computations,
            Recommendations = options.Recommendations,
            RecommendationType = options.RecommendationType,
            Predictions = options.Predictions,
            PropensityType = options.PropensityType,
        };

    /// <exception cref="ConfigurationException">The file cannot be read.</exception>
    private async Task<IReadOnlyList<string>> FindAsync(CancellationToken cancellationToken) =>
        options.UserIds.Count > 0 ? options.UserIds
        : options.UserFile is { } file ? await FromFileAsync(file, cancellationToken)
        : destination is null ? []
        : await SeenAsync(destination, cancellationToken);

    private static async Task<IReadOnlyList<string>> FromFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(path, cancellationToken);
            return [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0)];
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"the users of {path} cannot be read ({reason.Message.TrimEnd('.')}).",
                reason
            )
            {
                Hint = "user_profiles.file names a text file with the id of a user on each line.",
            };
        }
    }

    private async Task<IReadOnlyList<string>> SeenAsync(IDestination seen, CancellationToken cancellationToken)
    {
        var coverage = await seen.CoverageAsync(project, EventsTable.Definition, cancellationToken);
        if (coverage.Newest is null)
        {
            return [];
        }

        var since = UploadHour.Of(clock.GetUtcNow() - options.ActiveWithin);
        await using var result = await seen.QueryAsync(Seen, [project, since.Start], cancellationToken);
        return await result.RowsAsync(cancellationToken).Select(row => (string)row[0]!).ToListAsync(cancellationToken);
    }
}
