using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Tables;

namespace Waveguide.Simulator.Http;

/// <summary>
/// <c>GET /v1/userprofile</c> of profile-api.amplitude.com, which has no EU host. All projects belong to one
/// organisation, which may ask 600 times a minute. The statuses of errors in JSON are not known; those here are ours.
/// </summary>
internal sealed class ProfileEndpoint(SimulatorOptions options)
{
    private readonly Credentials _credentials = new(options.Projects);
    private readonly RateLimit _limit = new(600, TimeSpan.FromMinutes(1), options.Clock);

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
        string? user = query["user_id"];
        return user is not null && project.Users.Contains(user)
            ? Answers.JsonAsync(context, Profile(user, query), cancellationToken)
            : ErrorAsync(context, 200, "User id and device id not seen before", cancellationToken);
    }

    private static Task ErrorAsync(
        HttpContext context,
        int status,
        string error,
        CancellationToken cancellationToken
    ) => Answers.JsonAsync(context, status, JsonSerializer.Serialize(new { error }), cancellationToken);

    private static string Profile(string user, IQueryCollection query)
    {
        var profile = new Dictionary<string, object?>
        {
            ["recommendations"] = query["get_recs"] == "true" ? Recommendations(query) : null,
            ["user_id"] = user,
            ["device_id"] = (string?)query["device_id"],
            ["amp_props"] = Properties(user, query),
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

    private static Dictionary<string, object>? Properties(string user, IQueryCollection query)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        if (query["get_amp_props"] == "true")
        {
            properties["library"] = "amplitude-ts/2.16.1";
            properties["user_id"] = user;
            properties["logins"] = 12;
        }

        if (query["get_computations"] == "true")
        {
            properties["computed_revenue"] = "5000000.0";
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
