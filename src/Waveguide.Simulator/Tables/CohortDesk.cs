using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Http;

namespace Waveguide.Simulator.Tables;

/// <summary>Lists cohorts and hands out their members: asked for, made, fetched, large ones from an address of their own.</summary>
internal sealed class CohortDesk(SimulatedTables tables, TimeProvider clock)
{
    public const string PresignedPath = "/presigned/";

    private const string RequestPath = "/api/5/cohorts/request/";
    private const string StatusPath = "/api/5/cohorts/request-status/";

    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);
    private static readonly object[] Syncs = [new { target = "Profile API", frequency = "hourly" }];
    private static readonly JsonSerializerOptions Known = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly RateLimit _limit = new(60, TimeSpan.FromMinutes(10), clock);
    private readonly string[] _owners = ["owner@example.com"];
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (SimulatedCohort Cohort, int Polls)> _requests = [];
    private readonly Dictionary<string, (SimulatedCohort Cohort, DateTimeOffset Until)> _presigned = [];
    private readonly Dictionary<DateTime, int> _downloads = [];

    public static bool Serves(string path) =>
        path == "/api/3/cohorts" || path.StartsWith("/api/5/cohorts/", StringComparison.Ordinal);

    public Task AnswerAsync(HttpContext context, string path, CancellationToken cancellationToken) =>
        !_limit.Allows() ? Answers.TextAsync(context, 429, "Too many cohort requests", cancellationToken)
        : path == "/api/3/cohorts"
            ? Answers.JsonAsync(context, List(context.Request.Query["includeSyncInfo"] == "true"), cancellationToken)
        : path.StartsWith(StatusPath, StringComparison.Ordinal)
            ? StatusAsync(context, path[StatusPath.Length..], cancellationToken)
        : path.EndsWith("/file", StringComparison.Ordinal)
            ? FileAsync(context, path[RequestPath.Length..^"/file".Length], cancellationToken)
        : RequestAsync(context, path[RequestPath.Length..], cancellationToken);

    /// <summary>The file that this address hands out; null if there is none, or none any more.</summary>
    public string? Presigned(string token)
    {
        lock (_lock)
        {
            return _presigned.TryGetValue(token, out var file) && file.Until >= clock.GetUtcNow()
                ? file.Cohort.Csv
                : null;
        }
    }

    private string List(bool withSyncs) =>
        JsonSerializer.Serialize(
            new
            {
                cohorts = tables.Cohorts.Select(cohort => new
                {
                    appId = 100_000_001,
                    archived = cohort.Archived,
                    definition = new { version = 8, countGroup = "User" },
                    description = "",
                    finished = true,
                    id = cohort.Id,
                    name = cohort.Name,
                    owners = _owners,
                    published = true,
                    size = cohort.Csv.Count(letter => letter == '\n') - 1,
                    type = "redshift",
                    lastMod = cohort.LastComputed,
                    createdAt = cohort.LastComputed,
                    lastComputed = cohort.LastComputed,
                    hidden = false,
                    syncMetadata = withSyncs ? Syncs : null,
                }),
            },
            Known
        );

    private Task RequestAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        if (tables.Cohorts.FirstOrDefault(cohort => cohort.Id == id) is not { } cohort)
        {
            return Answers.TextAsync(context, 404, "404: Not Found", cancellationToken);
        }

        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var month = new DateTime(now.Year, now.Month, 1);
            if (_downloads.GetValueOrDefault(month) >= tables.CohortDownloads)
            {
                var refusal = $"More than {tables.CohortDownloads} cohort downloads this month";
                return Answers.TextAsync(context, 429, refusal, cancellationToken);
            }

            _downloads[month] = _downloads.GetValueOrDefault(month) + 1;
            var request = $"r{_requests.Count}-{id}";
            var wanted =
                context.Request.Query["props"] == "1" ? cohort : cohort with { Csv = Columns.First(cohort.Csv, 2) };
            _requests[request] = (wanted, cohort.Polls);
            return AcceptedAsync(context, new { request_id = request, cohort_id = id }, cancellationToken);
        }
    }

    private Task StatusAsync(HttpContext context, string request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_requests.TryGetValue(request, out var made))
            {
                return Answers.TextAsync(context, 404, "404: Not Found", cancellationToken);
            }

            _requests[request] = made with { Polls = made.Polls - 1 };
            var id = made.Cohort.Id;
            return made.Polls > 0
                ? AcceptedAsync(
                    context,
                    new
                    {
                        request_id = request,
                        cohort_id = id,
                        async_status = "JOB INPROGRESS",
                    },
                    cancellationToken
                )
                : Answers.JsonAsync(
                    context,
                    JsonSerializer.Serialize(
                        new
                        {
                            request_id = request,
                            cohort_id = id,
                            async_status = "JOB COMPLETED",
                        }
                    ),
                    cancellationToken
                );
        }
    }

    private Task FileAsync(HttpContext context, string request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_requests.TryGetValue(request, out var made) || made.Polls >= 0)
            {
                return Answers.TextAsync(context, 404, "404: Not Found", cancellationToken);
            }

            if (!made.Cohort.IsLarge)
            {
                return Answers.TextAsync(context, 200, made.Cohort.Csv, cancellationToken);
            }

            var token = $"{Guid.NewGuid():n}";
            _presigned[token] = (made.Cohort, clock.GetUtcNow() + Validity);
            context.Response.Headers.Location = PresignedPath + token;
            return Answers.TextAsync(context, 302, string.Empty, cancellationToken);
        }
    }

    private static Task AcceptedAsync(HttpContext context, object body, CancellationToken cancellationToken) =>
        Answers.JsonAsync(context, 202, JsonSerializer.Serialize(body), cancellationToken);
}
