using Waveguide.Amplitude.Profiles;
using Waveguide.Amplitude.Series;
using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>The readers of a project's tables, but for the events.</summary>
internal static class TableReaders
{
    public static IEnumerable<ITableReader> Of(RequestSender sender, AmplitudeOptions options, AmplitudePace pace)
    {
        var dashboard = pace.Dashboard(options.Project);
        var list = new RestApi(sender, options, token => dashboard.EnterAsync(DashboardBudget.Least, token));
        yield return new ListReader(list, EventsListTable.Definition, "/api/2/events/list", "data");
        yield return new AnnotationsReader(new RestApi(sender, options));
        var cohorts = new RestApi(sender, options, pace.Cohorts.EnterAsync);
        yield return new ListReader(cohorts, CohortsTable.Definition, "/api/3/cohorts?includeSyncInfo=true", "cohorts");
        yield return new CohortMembersReader(cohorts, new CohortFile(cohorts, sender, pace.Clock), options.Cohorts);
        yield return new ProfilesReader(sender, options, pace);
        var taxonomy = new RestApi(sender, options, pace.Taxonomy.EnterAsync);
        yield return new ListReader(taxonomy, TaxonomyTables.Events, "/api/2/taxonomy/event", "data");
        yield return new EventPropertiesReader(taxonomy);
        yield return new ListReader(taxonomy, TaxonomyTables.UserProperties, "/api/2/taxonomy/user-property", "data");
        yield return new ListReader(taxonomy, TaxonomyTables.GroupProperties, "/api/2/taxonomy/group-property", "data");
        yield return new ListReader(taxonomy, TaxonomyTables.Categories, "/api/2/taxonomy/category", "data");
        yield return new DeletionsReader(new RestApi(sender, options, pace.Deletions.EnterAsync));
        foreach (var series in SeriesReaders.Of(sender, options, dashboard))
        {
            yield return series;
        }
    }
}
