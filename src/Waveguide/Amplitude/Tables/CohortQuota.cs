using System.Globalization;

namespace Waveguide.Amplitude.Tables;

/// <summary>
/// Downloads of cohorts in a month, of which Amplitude allows 500 (Behavioral Cohorts API, "Limits"). The count is kept
/// beside the cohorts, as the name of a part without rows, so that it is committed with them. Downloads of a snapshot
/// of which nothing was committed are not in it.
/// </summary>
internal sealed record CohortQuota(string Month, int Spent)
{
    private const int Limit = 500;
    private const string Beginning = "downloads-";
    private const string Ending = ".json.gz";

    /// <summary>The name of the part that keeps the count.</summary>
    public string PartName => string.Create(CultureInfo.InvariantCulture, $"{Beginning}{Month}-{Spent}{Ending}");

    /// <summary>The count of the slice's month so far.</summary>
    public static CohortQuota Of(Slice slice)
    {
        var month = slice.Hours.From.Start.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var before = slice.Held.FirstOrDefault(name =>
            name.StartsWith($"{Beginning}{month}-", StringComparison.Ordinal)
        );
        return new CohortQuota(
            month,
            before is null
                ? 0
                : int.Parse(before[$"{Beginning}{month}-".Length..^Ending.Length], CultureInfo.InvariantCulture)
        );
    }

    /// <exception cref="SourceException">The month's downloads are used up.</exception>
    public void ThrowIfUsedUp(string cohort)
    {
        if (Spent >= Limit)
        {
            throw new SourceException(
                SourceFailure.NotAccepted,
                $"cohort {cohort}: all {Limit} downloads that Amplitude allows in {Month} are used."
            )
            {
                Hint =
                    "What is there stays. Name the cohorts that you need (cohort_members.cohorts), or wait for the next month.",
            };
        }
    }

    /// <summary>Counts a download that Amplitude has accepted.</summary>
    public CohortQuota Spend() => this with { Spent = Spent + 1 };

    public string Sentence(int fetched, int kept) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"downloaded {fetched:N0} {(fetched == 1 ? "cohort" : "cohorts")}, kept {kept:N0} that are unchanged; {Spent:N0} of {Limit:N0} downloads used in {Month}"
        );
}
