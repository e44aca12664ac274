using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Http;

namespace Waveguide.Simulator.Tables;

/// <summary>
/// The series of the Dashboard REST API, computed from the project's rows, and what asking for them may cost. Unlike
/// exports they know rows as soon as these are received.
/// </summary>
internal sealed class SeriesDesk(SimulatedProject project, DashboardCost budget, TimeProvider clock)
{
    private const string UsersPath = "/api/2/users";
    private const string SessionsPath = "/api/2/sessions/";

    private readonly EventFacts _events = new(project.Data);

    public static bool Serves(string path) =>
        path is UsersPath or SessionsPath + "average" or SessionsPath + "peruser" or SessionsPath + "length";

    public Task AnswerAsync(HttpContext context, string path, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        if (!TryDay(query["start"], out var first) || !TryDay(query["end"], out var last) || last < first)
        {
            return InvalidAsync(context, "start and end must be days as YYYYMMDD", cancellationToken);
        }

        var days = SeriesFigures.Days(first, last);
        var cost = days.Count * (path == UsersPath ? (query.ContainsKey("g") ? 4 : 1) : 4);
        if (!budget.Allows(cost))
        {
            return Answers.TextAsync(context, 429, DashboardCost.Refusal(cost), cancellationToken);
        }

        var figures = new SeriesFigures(_events, project.TimeZone, clock.GetUtcNow().UtcDateTime);
        return path switch
        {
            UsersPath => UsersAsync(context, figures, days, cancellationToken),
            SessionsPath + "average" => ByDayAsync(
                context,
                figures,
                days,
                sessions => sessions.Select(session => session.Seconds).DefaultIfEmpty().Average(),
                cancellationToken
            ),
            SessionsPath + "peruser" => ByDayAsync(
                context,
                figures,
                days,
                sessions =>
                    sessions.Count == 0
                        ? 0
                        : (double)sessions.Count / sessions.DistinctBy(session => session.User).Count(),
                cancellationToken
            ),
            _ => LengthsAsync(context, figures, days, cancellationToken),
        };
    }

    private static Task UsersAsync(
        HttpContext context,
        SeriesFigures figures,
        IReadOnlyList<DateOnly> days,
        CancellationToken cancellationToken
    )
    {
        var query = context.Request.Query;
        var (metric, group) = (query["m"].FirstOrDefault("active")!, query["g"].FirstOrDefault());
        if (metric is not ("active" or "new") || query["i"].FirstOrDefault("1") is not ("1" or "7" or "30"))
        {
            return InvalidAsync(context, $"Invalid metric {metric} or interval {query["i"]}", cancellationToken);
        }

        if (group is not null && !UserProperties.Knows(group))
        {
            return InvalidAsync(context, $"Invalid user property {group}", cancellationToken);
        }

        var interval = int.Parse(query["i"].FirstOrDefault("1")!, CultureInfo.InvariantCulture);
        var starts = days.Select(day => SeriesFigures.IntervalOf(day, interval)).Distinct().ToList();
        var groups = figures.Users(days, interval, metric == "new", group);
        var series = groups.Select(one => starts.Select(start => (object)one.Users.GetValueOrDefault(start)).ToArray());
        return group is null
            ? Answers.JsonAsync(
                context,
                SeriesBody.Text(
                    [series.FirstOrDefault() ?? [.. starts.Select(_ => (object)0)]],
                    SeriesBody.OneLabel,
                    starts.Select(SeriesBody.Day)
                ),
                cancellationToken
            )
            : Answers.JsonAsync(
                context,
                SeriesBody.Text([.. series], [.. groups.Select(one => one.Group)], starts.Select(SeriesBody.Day)),
                cancellationToken
            );
    }

    private static Task ByDayAsync(
        HttpContext context,
        SeriesFigures figures,
        IReadOnlyList<DateOnly> days,
        Func<List<(string User, double Seconds)>, double> figure,
        CancellationToken cancellationToken
    )
    {
        var sessions = figures.Sessions(days);
        object[] series = [.. days.Select(day => (object)figure([.. sessions[day]]))];
        return Answers.JsonAsync(
            context,
            SeriesBody.Text([series], SeriesBody.OneLabel, days.Select(SeriesBody.Day)),
            cancellationToken
        );
    }

    private static Task LengthsAsync(
        HttpContext context,
        SeriesFigures figures,
        IReadOnlyList<DateOnly> days,
        CancellationToken cancellationToken
    )
    {
        var bins = LengthBins.Of(context.Request.Query);
        var sessions = figures.Sessions(days);
        object[] series =
        [
            .. bins.Select(bin =>
                (object)
                    sessions.Sum(day =>
                        day.Count(session => bin.From <= session.Seconds && session.Seconds < bin.Until)
                    )
            ),
        ];
        return Answers.JsonAsync(
            context,
            SeriesBody.Text([series], SeriesBody.OneLabel, bins.Select(bin => $"{bin.From}s-{bin.Until}s")),
            cancellationToken
        );
    }

    private static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>The form of such errors as it was seen; the details are ours.</summary>
    private static Task InvalidAsync(HttpContext context, string details, CancellationToken cancellationToken) =>
        Answers.JsonAsync(
            context,
            400,
            JsonSerializer.Serialize(
                new
                {
                    error = new
                    {
                        http_code = 400,
                        type = "invalid",
                        message = "Invalid chart definition",
                        metadata = new { details },
                    },
                }
            ),
            cancellationToken
        );
}
