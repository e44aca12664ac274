using Waveguide.Amplitude.Profiles;
using Waveguide.Amplitude.Tables;

namespace Waveguide.Amplitude;

public static class AmplitudeTables
{
    /// <summary>Every table that a project can deliver.</summary>
    public static IReadOnlyList<Table> All { get; } =
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
    ];
}
