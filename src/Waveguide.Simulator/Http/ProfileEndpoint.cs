using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Waveguide.Simulator.Http;

/// <summary><c>GET /v1/userprofile</c> of profile-api.amplitude.com, which has no EU host.</summary>
internal sealed class ProfileEndpoint(Credentials credentials)
{
    public Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var project = credentials.Secret(context.Request, out var wellFormed);
        if (project is null)
        {
            var problem = wellFormed ? "Invalid Api-Key" : "Missing Api-Key in Authorization header";
            return Answers.TextAsync(context, StatusCodes.Status401Unauthorized, problem, cancellationToken);
        }
        var query = context.Request.Query;
        string? user = query["user_id"];
        var body =
            user is not null && project.Users.Contains(user)
                ? Profile(user, query["device_id"], query["get_amp_props"] == "true")
                : """{"error":"User id and device id not seen before"}""";
        return Answers.JsonAsync(context, body, cancellationToken);
    }

    private static string Profile(string user, string? device, bool withProperties) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["userData"] = new Dictionary<string, object?>
                {
                    ["recommendations"] = null,
                    ["user_id"] = user,
                    ["device_id"] = device,
                    ["amp_props"] = withProperties
                        ? new Dictionary<string, object> { ["library"] = "amplitude-ts/2.16.1", ["user_id"] = user }
                        : null,
                    ["cohort_ids"] = null,
                },
            }
        );
}
