using System.Net;
using Waveguide.Amplitude.Series;
using Waveguide.Http;

namespace Waveguide.Amplitude;

/// <summary>One cheap call to each API, as <c>waveguide check</c> makes it.</summary>
internal sealed class ApiChecks(
    RequestSender sender,
    ExportClient export,
    AmplitudeOptions options,
    DashboardBudget budget
)
{
    private const string NotSeen = "User id and device id not seen before";

    /// <param name="newest">The newest hour that is safe to ask for.</param>
    public async Task<IReadOnlyList<ApiCheck>> RunAsync(UploadHour newest, CancellationToken cancellationToken) =>
        [
            await AskAsync("export", Export(newest), cancellationToken),
            await ProfilesAsync(cancellationToken),
            await AskAsync("dashboard", Dashboard(), cancellationToken),
        ];

    private Exchange<ApiCheck> Export(UploadHour newest) =>
        new(
            "export",
            () => export.Request(HourRange.Single(newest)),
            async (response, _, token) =>
            {
                if (response.StatusCode == HttpStatusCode.NotFound)
                {
                    await AmplitudeErrors.ThrowUnlessNoDataAsync("export", response, options, token);
                }
                else if (response.StatusCode != HttpStatusCode.BadRequest)
                {
                    await AmplitudeErrors.ThrowUnlessOkAsync("export", response, options, token);
                }

                return new ApiCheck("export", ApiState.Ok, $"newest complete hour {newest.Start:yyyy-MM-dd HH:mm} UTC");
            }
        );

    private async Task<ApiCheck> ProfilesAsync(CancellationToken cancellationToken)
    {
        var host = options.Region.Profiles is { } profiles ? options.Url ?? profiles : null;
        return host is null
            ? new ApiCheck(
                "profiles",
                ApiState.NotOffered,
                "not offered in the EU region: user_profiles will be skipped"
            )
            : await AskAsync("profiles", Profiles(host), cancellationToken);
    }

    private Exchange<ApiCheck> Profiles(Uri host) =>
        new(
            "profiles",
            () => AmplitudeRequest.Profile(host, options.SecretKey, "/v1/userprofile?user_id=waveguide-check"),
            async (response, _, token) =>
            {
                var body = await ErrorBody.ReadAsync(response, token);
                var message = ErrorBody.Message(body, options);
                return response.StatusCode switch
                {
                    _ when message.Contains(NotSeen, StringComparison.Ordinal) => Ok("profiles"),
                    HttpStatusCode.OK => Ok("profiles"),
                    HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new ApiCheck(
                        "profiles",
                        ApiState.NotOffered,
                        $"not open to this project ({(int)response.StatusCode}, \"{message}\"): user_profiles will be skipped"
                    ),
                    _ => new ApiCheck("profiles", ApiState.Unavailable, $"{(int)response.StatusCode}, \"{message}\""),
                };
            }
        );

    private Exchange<ApiCheck> Dashboard() =>
        new(
            "dashboard",
            () => AmplitudeRequest.Rest(options, "/api/2/events/list"),
            async (response, _, token) =>
            {
                if (response.StatusCode == HttpStatusCode.BadRequest)
                {
                    var body = await ErrorBody.ReadAsync(response, token);
                    return new ApiCheck("dashboard", ApiState.Unavailable, ErrorBody.Message(body, options));
                }

                await AmplitudeErrors.ThrowUnlessOkAsync("dashboard", response, options, token);
                return Ok("dashboard");
            }
        )
        {
            Enter = token => budget.EnterAsync(DashboardBudget.Least, token),
        };

    private async Task<ApiCheck> AskAsync(string api, Exchange<ApiCheck> exchange, CancellationToken cancellationToken)
    {
        try
        {
            return await sender.SendAsync(exchange, cancellationToken);
        }
        catch (SourceException reason)
        {
            var state = reason.Failure == SourceFailure.Refused ? ApiState.Refused : ApiState.Unavailable;
            return new ApiCheck(api, state, reason.Message, reason.Hint);
        }
    }

    private static ApiCheck Ok(string api) => new(api, ApiState.Ok, string.Empty);
}
