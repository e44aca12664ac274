namespace Waveguide.Amplitude.Profiles;

/// <summary>Whose profiles are wanted, and what of them (User Profile API, "Query parameters").</summary>
public sealed record ProfileOptions
{
    /// <summary>Gives the ids of the users; a repeated one is asked for once. Nobody by default.</summary>
    public Func<CancellationToken, IAsyncEnumerable<string>> Users { get; init; } =
        _ => AsyncEnumerable.Empty<string>();

    /// <summary>Told about once a minute how many profiles are fetched, and of how many users. Nobody by default.</summary>
    public Action<int, int> Counted { get; init; } = (_, _) => { };

    /// <summary>Whether user properties are asked for: yes by default.</summary>
    public bool Properties { get; init; } = true;

    /// <summary>Whether the ids of synced cohorts are asked for: yes by default.</summary>
    public bool Cohorts { get; init; } = true;

    /// <summary>Whether computed properties are asked for: yes by default.</summary>
    public bool Computations { get; init; } = true;

    /// <summary>Ids of recommendations; none by default.</summary>
    public IReadOnlyList<string> Recommendations { get; init; } = [];

    /// <summary><c>model</c> or <c>random</c>, in place of the recommendation's own control setting; null by default.</summary>
    public string? RecommendationType { get; init; }

    /// <summary>Ids of predictions; none by default.</summary>
    public IReadOnlyList<string> Predictions { get; init; } = [];

    /// <summary><c>score</c> or <c>pct</c>; null, as by default: as Amplitude chooses.</summary>
    public string? PropensityType { get; init; }

    /// <summary>The query of a user's request, without its question mark.</summary>
    internal string Query(string user) => string.Join('&', Parameters(user));

    private IEnumerable<string> Parameters(string user)
    {
        yield return $"user_id={Uri.EscapeDataString(user)}";
        yield return $"get_amp_props={Text(Properties)}";
        yield return $"get_cohort_ids={Text(Cohorts)}";
        yield return $"get_computations={Text(Computations)}";
        if (Recommendations.Count > 0)
        {
            yield return $"get_recs=true&rec_id={List(Recommendations)}";
            if (RecommendationType is not null)
            {
                yield return $"rec_type={Uri.EscapeDataString(RecommendationType)}";
            }
        }

        if (Predictions.Count > 0)
        {
            yield return $"get_propensity=true&prediction_id={List(Predictions)}";
            if (PropensityType is not null)
            {
                yield return $"propensity_type={Uri.EscapeDataString(PropensityType)}";
            }
        }
    }

    private static string Text(bool value) => value ? "true" : "false";

    private static string List(IReadOnlyList<string> ids) => string.Join(',', ids.Select(Uri.EscapeDataString));
}
