using System.Globalization;
using Waveguide.Amplitude.Tables;
using Waveguide.Http;

namespace Waveguide.Amplitude.Series;

/// <summary>Asks the dashboard for series, within its budget. Safe for concurrent use.</summary>
internal sealed class DashboardApi(RequestSender sender, AmplitudeOptions options, DashboardBudget budget)
{
    /// <param name="last">Included.</param>
    /// <exception cref="SourceException">There is no such answer, or it has not the form of a series.</exception>
    public async Task<IReadOnlyList<SeriesLine>> AskAsync(
        SeriesQuestion question,
        DateOnly first,
        DateOnly last,
        CancellationToken cancellationToken
    )
    {
        var cost = question.CostPerDay * (last.DayNumber - first.DayNumber + 1);
        var api = new RestApi(sender, options, token => budget.EnterAsync(cost, token));
        var days = string.Create(CultureInfo.InvariantCulture, $"start={first:yyyyMMdd}&end={last:yyyyMMdd}");
        using var answer = await api.GetAsync(
            question.Table,
            $"/api/2/{question.Path}?{days}{question.More}",
            cancellationToken
        );
        return SeriesAnswer.Read(question.Table, answer);
    }
}

/// <param name="Table">Whose rows are asked for, at the beginning of every message.</param>
/// <param name="Path">Below <c>/api/2/</c>.</param>
/// <param name="CostPerDay">Conditions x the cost of the question's type.</param>
/// <param name="More">Further parameters, each with an ampersand before it.</param>
internal sealed record SeriesQuestion(string Table, string Path, int CostPerDay, string More = "");
