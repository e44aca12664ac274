using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Http;

namespace Waveguide.Simulator.Tables;

/// <summary>The APIs of one project's tables beside its events.</summary>
internal sealed class TableEndpoints
{
    private const string Taxonomy = "/api/2/taxonomy/";
    private const string Deletions = "/api/2/deletions/users";

    /// <summary>Requests to the cohorts, and to the taxonomy, at the same time.</summary>
    private const int MostAtOnce = 4;

    private readonly SimulatedProject _project;
    private readonly SimulatedTables _tables;
    private readonly CohortDesk _cohorts;
    private readonly SeriesDesk _series;
    private readonly RateLimit _taxonomy;
    private readonly RateLimit _deletions;
    private readonly ConcurrencyGate _atOnce = new(MostAtOnce);
    private readonly IReadOnlyList<RestFault> _faults;
    private readonly Dictionary<RestFault, int> _struck = [];

    /// <param name="faults">Those that strike every project.</param>
    public TableEndpoints(SimulatedProject project, IReadOnlyList<RestFault> faults, TimeProvider clock)
    {
        (_project, _tables, _faults) = (project, project.Tables, faults);
        _cohorts = new CohortDesk(project.Tables, clock);
        Budget = new DashboardCost(clock);
        _series = new SeriesDesk(project, Budget, clock);
        _taxonomy = new RateLimit(7_200, TimeSpan.FromHours(1), clock);
        _deletions = new RateLimit(1, TimeSpan.FromSeconds(1), clock);
    }

    /// <summary>Of all questions of the project to the Dashboard REST API.</summary>
    public DashboardCost Budget { get; }

    public static bool Serves(string path) =>
        CohortDesk.Serves(path)
        || SeriesDesk.Serves(path)
        || path is EventsList.Path or "/api/3/annotations" or "/api/2/annotations" or Deletions
        || path.StartsWith(Taxonomy, StringComparison.Ordinal);

    /// <summary>The next fault that strikes this path; null if none does.</summary>
    public RestFault? Strike(string path)
    {
        lock (_struck)
        {
            var fault = _tables
                .Faults.Concat(_faults)
                .FirstOrDefault(fault =>
                    path.StartsWith(fault.Path, StringComparison.Ordinal)
                    && (fault.Times is not { } times || _struck.GetValueOrDefault(fault) < times)
                );
            if (fault is not null)
            {
                _struck[fault] = _struck.GetValueOrDefault(fault) + 1;
            }

            return fault;
        }
    }

    public async Task AnswerAsync(HttpContext context, string path, CancellationToken cancellationToken)
    {
        var api =
            CohortDesk.Serves(path) ? "cohorts"
            : path.StartsWith(Taxonomy, StringComparison.Ordinal) ? "taxonomy"
            : null;
        using var lease = api is null ? null : _atOnce.TryEnter(api);
        await (
            api is not null && lease is null
                ? Answers.TooManyAsync(context, MostAtOnce, retryAfter: null, cancellationToken)
                : RouteAsync(context, path, cancellationToken)
        );
    }

    private Task RouteAsync(HttpContext context, string path, CancellationToken cancellationToken) =>
        path switch
        {
            _ when CohortDesk.Serves(path) => _cohorts.AnswerAsync(context, path, cancellationToken),
            _ when SeriesDesk.Serves(path) => _series.AnswerAsync(context, path, cancellationToken),
            EventsList.Path => EventsAsync(context, cancellationToken),
            "/api/3/annotations" when _tables.OldAnnotations => NotFoundAsync(context, cancellationToken),
            "/api/3/annotations" or "/api/2/annotations" => ListAsync(context, _tables.Annotations, cancellationToken),
            Deletions => DeletionsAsync(context, cancellationToken),
            _ => TaxonomyAsync(context, path[Taxonomy.Length..], cancellationToken),
        };

    /// <summary>What the address of large downloads answers, which is one for all projects.</summary>
    public static Task AnswerPresignedAsync(
        IReadOnlyCollection<TableEndpoints> all,
        HttpContext context,
        string path,
        CancellationToken cancellationToken
    )
    {
        if (all.Select(project => project.Strike(path)).FirstOrDefault(fault => fault is not null) is { } fault)
        {
            return Answers.FaultAsync(context, fault, cancellationToken);
        }

        var token = path[CohortDesk.PresignedPath.Length..];
        var file = all.Select(project => project._cohorts.Presigned(token)).FirstOrDefault(file => file is not null);
        return context.Request.Headers.Authorization.Count > 0
                ? Answers.TextAsync(context, 400, "Only one auth mechanism allowed", cancellationToken)
            : file is null ? Answers.TextAsync(context, 403, "Request has expired", cancellationToken)
            : Answers.TextAsync(context, 200, file, cancellationToken);
    }

    private Task EventsAsync(HttpContext context, CancellationToken cancellationToken) =>
        Budget.Allows(1)
            ? Answers.JsonAsync(context, EventsList.Body(_project.EventTypes), cancellationToken)
            : Answers.TextAsync(context, 429, DashboardCost.Refusal(1), cancellationToken);

    private Task DeletionsAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!_deletions.Allows())
        {
            return Answers.TextAsync(context, 429, "One request a second", cancellationToken);
        }

        var query = context.Request.Query;
        if (
            !TryDay(query["start_day"], out var first)
            || !TryDay(query["end_day"], out var last)
            || last < first
            || last > first.AddMonths(6)
        )
        {
            return Answers.BadAsync(context, "start_day and end_day must span six months at most", cancellationToken);
        }

        var jobs = _tables.Deletions.Where(job =>
        {
            using var json = JsonDocument.Parse(job);
            return TryDay(json.RootElement.GetProperty("day").GetString(), out var day) && day >= first && day <= last;
        });
        return Answers.JsonAsync(context, $"[{string.Join(',', jobs)}]", cancellationToken);
    }

    private Task TaxonomyAsync(HttpContext context, string kind, CancellationToken cancellationToken)
    {
        if (_tables.Taxonomy is not { } taxonomy)
        {
            return Answers.TextAsync(context, 404, "404 Bad Request", cancellationToken);
        }

        if (!_taxonomy.Allows())
        {
            return Answers.TextAsync(context, 429, "More than 7200 cost an hour", cancellationToken);
        }

        return kind switch
        {
            "event" => ListAsync(context, taxonomy.Events, cancellationToken),
            "event-property" => taxonomy.EventProperties.TryGetValue(
                context.Request.Query["event_type"].ToString(),
                out var properties
            )
                ? ListAsync(context, properties, cancellationToken)
                : Answers.JsonAsync(
                    context,
                    400,
                    """{"success":false,"errors":[{"message":"Not found"}]}""",
                    cancellationToken
                ),
            "user-property" => ListAsync(context, taxonomy.UserProperties, cancellationToken),
            "group-property" => ListAsync(context, taxonomy.GroupProperties, cancellationToken),
            "category" => ListAsync(context, taxonomy.Categories, cancellationToken),
            _ => NotFoundAsync(context, cancellationToken),
        };
    }

    private static Task ListAsync(
        HttpContext context,
        IReadOnlyList<string> rows,
        CancellationToken cancellationToken
    ) => Answers.JsonAsync(context, $$"""{"success":true,"data":[{{string.Join(',', rows)}}]}""", cancellationToken);

    private static Task NotFoundAsync(HttpContext context, CancellationToken cancellationToken) =>
        Answers.TextAsync(context, 404, "404: Not Found", cancellationToken);

    private static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
