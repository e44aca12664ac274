using Waveguide.Amplitude.Bucket;
using Waveguide.Amplitude.Profiles;
using Waveguide.Amplitude.Series;
using Waveguide.Amplitude.Tables;

namespace Waveguide.Amplitude;

public static class AmplitudeTables
{
    /// <summary>Every table that a project delivers by its APIs.</summary>
    public static IReadOnlyList<Table> OfApis { get; } =
    [
        EventsTable.Definition,
        EventsListTable.Definition,
        AnnotationsTable.Definition,
        CohortsTable.Definition,
        CohortMembersTable.Definition,
        UserProfilesTable.Definition,
        TaxonomyTables.Events,
        TaxonomyTables.EventProperties,
        TaxonomyTables.UserProperties,
        TaxonomyTables.GroupProperties,
        TaxonomyTables.Categories,
        DeletionsTable.Definition,
        SeriesTables.ActiveUsers,
        SeriesTables.AverageSessionLength,
        SeriesTables.SessionsPerUser,
        SeriesTables.SessionLengths,
    ];

    /// <summary>Every table that Amplitude's export to a bucket delivers.</summary>
    public static IReadOnlyList<Table> OfBuckets { get; } = [EventsTable.Definition, MergedIdsTable.Definition];

    /// <summary>Every table there is.</summary>
    public static IReadOnlyList<Table> All { get; } = [.. OfApis, MergedIdsTable.Definition];
}
