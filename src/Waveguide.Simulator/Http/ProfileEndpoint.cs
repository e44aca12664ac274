using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Tables;

namespace Waveguide.Simulator.Http;

/// <summary>
/// <c>GET /v1/userprofile</c> of profile-api.amplitude.com, which has no EU host. All projects belong to one
/// organisation, which may ask 600 times a minute. It knows the users and devices of a project's rows. The statuses of
/// errors in JSON are not known; those here are ours.
/// </summary>
internal sealed class ProfileEndpoint(SimulatorOptions options)
{
    private const string Computation = "computed_revenue";

    private readonly Credentials _credentials = new(options.Projects);
    private readonly RateLimit _limit = new(600, TimeSpan.FromMinutes(1), options.Clock);
    private readonly Dictionary<string, EventFacts> _rows = options.Projects.ToDictionary(
        project => project.ApiKey,
        project => new EventFacts(project.Data)
    );

    /// <param name="strike">Gives the fault that strikes the project of this API key; null if none does.</param>
    public Task AnswerAsync(HttpContext context, Func<string, RestFault?> strike, CancellationToken cancellationToken)
    {
        var project = _credentials.Secret(context.Request, out var wellFormed);
        if (project is null)
        {
            var problem = wellFormed ? "Invalid Api-Key" : "Missing Api-Key in Authorization header";
            return Answers.TextAsync(context, StatusCodes.Status401Unauthorized, problem, cancellationToken);
        }

        if (strike(project.ApiKey) is { } fault)
        {
            return Answers.FaultAsync(context, fault, cancellationToken);
        }

        if (!_limit.Allows())
        {
            return ErrorAsync(
                context,
                429,
                "Number of requests per minute exceeds system limit. Contact Support if you need this limit raised",
                cancellationToken
            );
        }

        if (!project.HasProfiles)
        {
            return ErrorAsync(
                context,
                403,
                "organization does not have access to the Profile API feature",
                cancellationToken
            );
        }

        var query = context.Request.Query;
        return query["get_recs"] == "true" && query["rec_id"].Count == 0
                ? ErrorAsync(context, 400, "rec_id is required with get_recs", cancellationToken)
            : Knows(project, query["user_id"], "user_id") || Knows(project, query["device_id"], "device_id")
                ? Answers.JsonAsync(context, Profile(query), cancellationToken)
            : ErrorAsync(context, 200, "User id and device id not seen before", cancellationToken);
    }

    private bool Knows(SimulatedProject project, string? id, string key) =>
        id is not null
        && (
            (key == "user_id" && project.Users.Contains(id))
            || _rows[project.ApiKey].Until(options.Clock.GetUtcNow().UtcDateTime, key).Any(row => row.Group == id)
        );

    private static Task ErrorAsync(
        HttpContext context,
        int status,
        string error,
        CancellationToken cancellationToken
    ) => Answers.JsonAsync(context, status, JsonSerializer.Serialize(new { error }), cancellationToken);

    private static string Profile(IQueryCollection query)
    {
        var profile = new Dictionary<string, object?>
        {
            ["recommendations"] = query["get_recs"] == "true" ? Recommendations(query) : null,
            ["user_id"] = (string?)query["user_id"],
            ["device_id"] = (string?)query["device_id"],
            ["amp_props"] = Properties(query),
            ["cohort_ids"] = query["get_cohort_ids"] == "true" ? Cohorts() : null,
        };
        if (query["get_propensity"] == "true")
        {
            var predictions = query["prediction_id"].ToString().Split(',');
            profile["propensity"] = predictions.Length == 1 ? 0.25 : null;
            profile["propensities"] = predictions.Select(id => new
            {
                prop = 0.25,
                pred_id = id,
                prop_type = query["propensity_type"].FirstOrDefault() ?? "score",
            });
        }

        return JsonSerializer.Serialize(new Dictionary<string, object> { ["userData"] = profile });
    }

    private static string[] Cohorts() => ["c1regulars"];

    private static Dictionary<string, object?>? Properties(IQueryCollection query)
    {
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (query["get_amp_props"] == "true")
        {
            properties["library"] = "amplitude-ts/2.16.1";
            properties["user_id"] = (string?)query["user_id"];
            properties["logins"] = 12;
        }

        if (query["get_computations"] == "true")
        {
            properties[Computation] = "5000000.0";
        }
        else if (query["comp_id"].Count > 0)
        {
            foreach (var id in query["comp_id"].ToString().Split(','))
            {
                properties[id] = id == Computation ? "5000000.0" : null;
            }
        }

        return properties.Count == 0 ? null : properties;
    }

    private static string[] Items() => ["cookie", "cracker"];

    private static IEnumerable<object> Recommendations(IQueryCollection query) =>
        query["rec_id"]
            .ToString()
            .Split(',')
            .Select(id => new
            {
                rec_id = id,
                child_rec_id = id,
                items = Items(),
                is_control = false,
                recommendation_source = query["rec_type"].FirstOrDefault() ?? "model",
                last_updated = 1_608_670_720,
            });
}
