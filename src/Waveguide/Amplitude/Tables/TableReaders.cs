using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>The readers of a project's tables, but for the events.</summary>
internal static class TableReaders
{
    public static IEnumerable<ITableReader> Of(RequestSender sender, AmplitudeOptions options, AmplitudePace pace)
    {
        var api = new RestApi(sender, options);
        yield return new ListReader(api, EventsListTable.Definition, "/api/2/events/list", "data");
        yield return new AnnotationsReader(api);
        yield return new ListReader(api, CohortsTable.Definition, "/api/3/cohorts?includeSyncInfo=true", "cohorts");
        yield return new CohortMembersReader(
            api,
            new CohortFile(api, sender, pace.Cohorts, pace.Clock),
            pace.Cohorts,
            options.Cohorts
        );
        yield return new ListReader(api, TaxonomyTables.Events, "/api/2/taxonomy/event", "data");
        yield return new EventPropertiesReader(api, pace.Taxonomy);
        yield return new ListReader(api, TaxonomyTables.UserProperties, "/api/2/taxonomy/user-property", "data");
        yield return new ListReader(api, TaxonomyTables.GroupProperties, "/api/2/taxonomy/group-property", "data");
        yield return new ListReader(api, TaxonomyTables.Categories, "/api/2/taxonomy/category", "data");
        yield return new DeletionsReader(api, pace.Deletions);
    }
}
