using Waveguide.Amplitude.Tables;
using Waveguide.Http;

namespace Waveguide.Amplitude.Profiles;

/// <summary>The profiles of the wanted users, several at a time, as fast as Amplitude allows an organisation.</summary>
internal sealed class ProfilesReader(RequestSender sender, AmplitudeOptions options, AmplitudePace pace) : ITableReader
{
    private readonly ProfileApi? _api = options.Region.Profiles is { } host
        ? new ProfileApi(sender, options, pace.Profiles, options.Url ?? host)
        : null;

    public Table Table => UserProfilesTable.Definition;

    public async Task<TableAnswer> ReadAsync(Slice slice, SpoolFolder.Place place, CancellationToken cancellationToken)
    {
        if (_api is null)
        {
            throw new SourceException(
                SourceFailure.NotOffered,
                $"user_profiles: Amplitude does not offer the User Profile API in the {options.Region.Name.ToUpperInvariant()} region."
            );
        }

        var users = await UsersAsync(cancellationToken);
        using var store = ProfileStore.Open(
            Path.Combine(options.SpoolFolder, "profiles"),
            $"{options.Project} {options.ApiKey.Reveal()} {options.Profiles.Query(string.Empty)}",
            slice.Held,
            pace.Clock.GetUtcNow()
        );
        var before = store.Count;
        CountEarlier(store.JustCame);
        await Parallel.ForEachAsync(
            users.Where(user => !store.Holds(user)),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.Send.Concurrency,
                CancellationToken = cancellationToken,
            },
            async (user, token) =>
            {
                var row = await _api.ReadAsync(user, token);
                var had = store.Add(user, row, pace.Clock.GetUtcNow());
                if (had % AmplitudePace.ProfilesAMinute == 0)
                {
                    options.Profiles.Counted(Math.Min(had, users.Count), users.Count);
                }
            }
        );
        return Answer(slice, place, users, store, before);
    }

    /// <summary>What a run asked for that was stopped a moment ago counts towards the same minute.</summary>
    private void CountEarlier(IReadOnlyList<DateTimeOffset> came)
    {
        if (came.Count > 0)
        {
            var underWay = Enumerable.Repeat(pace.Clock.GetUtcNow(), options.Send.Concurrency);
            pace.Profiles.Count(came.Concat(underWay));
        }
    }

    private static TableAnswer Answer(
        Slice slice,
        SpoolFolder.Place place,
        HashSet<string> users,
        ProfileStore store,
        int before
    )
    {
        using var part = PartFile.Create(slice.Hours.From, store.PartName, place);
        var unknown = 0;
        foreach (var row in store.Rows().Where(row => users.Contains((string)row["user_id"]!)))
        {
            unknown += row["error"] is null ? 0 : 1;
            part.Add(row);
        }

        var notices = new List<string>();
        if (before > 0)
        {
            notices.Add($"went on from {before:N0} profiles that an earlier run had fetched");
        }

        if (unknown > 0)
        {
            notices.Add($"has no profile of {unknown:N0} of {users.Count:N0} users: Amplitude never saw them");
        }

        return new TableAnswer([part.Finish()]) { Notices = notices, Committed = store.Delete };
    }

    private async Task<HashSet<string>> UsersAsync(CancellationToken cancellationToken)
    {
        var users = await options
            .Profiles.Users(cancellationToken)
            .ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        users.Remove(string.Empty);
        return users.Count > 0
            ? users
            : throw new SourceException(SourceFailure.NotAccepted, "user_profiles: there is no user to ask for.")
            {
                Hint =
                    "Name users with --user-ids or user_profiles.user_ids, or load events first: those seen in them within "
                    + "user_profiles.active_within are asked for.",
            };
    }
}
