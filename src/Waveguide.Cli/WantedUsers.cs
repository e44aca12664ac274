using System.Runtime.CompilerServices;
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

    private const string FileHint = "user_profiles.file names a text file with the id of a user on each line.";

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

    /// <summary>Looks into the file of users, where there is one, before anything is asked for.</summary>
    /// <exception cref="ConfigurationException">
    /// The file cannot be read, or names nobody; or there is none, and the landed events hide who their users are.
    /// </exception>
    public static async Task CheckAsync(Settings settings, CancellationToken cancellationToken)
    {
        var options = settings.TableOptions;
        if (options is { UserIds.Count: 0, UserFile: null } && settings.Privacy.AtLanding.Hash.Contains("user_id"))
        {
            throw new ConfigurationException(
                "user_profiles takes its users from the landed events, whose user_id privacy.hash hides."
            )
            {
                Hint = "Name them by --user-ids or in a file, user_profiles.file; their profiles are hashed alike.",
            };
        }

        if (
            options is { UserIds.Count: 0, UserFile: { } file }
            && !await FromFileAsync(file, cancellationToken).AnyAsync(cancellationToken)
        )
        {
            throw new ConfigurationException($"the file of users {file} names nobody.") { Hint = FileHint };
        }
    }

    private IAsyncEnumerable<string> FindAsync(CancellationToken cancellationToken) =>
        options.UserIds.Count > 0 ? options.UserIds.ToAsyncEnumerable()
        : options.UserFile is { } file ? FromFileAsync(file, cancellationToken)
        : destination is null ? AsyncEnumerable.Empty<string>()
        : SeenAsync(destination, cancellationToken);

    /// <summary>A line at a time, for there may be millions.</summary>
    private static async IAsyncEnumerable<string> FromFileAsync(
        string path,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var lines = Open(path);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Trim() is { Length: > 0 } user)
            {
                yield return user;
            }
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"the users of {path} cannot be read ({reason.Message.TrimEnd('.')}).",
                reason
            )
            {
                Hint = FileHint,
            };
        }
    }

    private async IAsyncEnumerable<string> SeenAsync(
        IDestination seen,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var coverage = await seen.CoverageAsync(project, EventsTable.Definition, cancellationToken);
        if (coverage.Newest is null)
        {
            yield break;
        }

        var since = UploadHour.Of(clock.GetUtcNow() - options.ActiveWithin);
        await using var result = await seen.QueryAsync(Seen, [project, since.Start], cancellationToken);
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            yield return (string)row[0]!;
        }
    }
}
