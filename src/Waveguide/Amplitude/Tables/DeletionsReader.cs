using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>
/// Deletion jobs of two years back and of the weeks to come, one row for each user of a job. A question may span six
/// months (User Privacy API, "Get a list of deletion jobs").
/// </summary>
internal sealed class DeletionsReader(RestApi api) : ITableReader
{
    private const int WindowDays = 180;
    private const int DaysBack = 720;

    /// <summary>A job is scheduled up to 30 days ahead.</summary>
    private const int DaysAhead = 60;

    public Table Table => DeletionsTable.Definition;

    public async Task<TableAnswer> ReadAsync(Slice slice, SpoolFolder.Place place, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(slice.Hours.From.Start);
        var last = today.AddDays(DaysAhead);
        using var part = PartFile.Create(slice.Hours.From, "deletions.json.gz", place);
        for (var first = today.AddDays(-DaysBack); first <= last; first = first.AddDays(WindowDays))
        {
            var end = first.AddDays(WindowDays - 1);
            var path = string.Create(
                CultureInfo.InvariantCulture,
                $"/api/2/deletions/users?start_day={first:yyyy-MM-dd}&end_day={(end < last ? end : last):yyyy-MM-dd}"
            );
            using var answer = await api.GetAsync(Table.Name, path, cancellationToken);
            foreach (var row in answer.RowsHereOr("data").SelectMany(Users))
            {
                part.Add(row);
            }
        }

        return new TableAnswer([part.Finish()]);
    }

    /// <summary>A user of a job is an object with the request's own facts, or in older answers the bare id.</summary>
    private static IEnumerable<JsonObject> Users(JsonElement job)
    {
        if (!job.TryGetProperty("amplitude_ids", out var users) || users.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var user in users.EnumerateArray())
        {
            var row = JsonObject.Create(job)!;
            row.Remove("amplitude_ids");
            if (user.ValueKind == JsonValueKind.Object)
            {
                foreach (var fact in user.EnumerateObject())
                {
                    row[fact.Name] = JsonNode.Parse(fact.Value.GetRawText());
                }
            }
            else
            {
                row["amplitude_id"] = JsonNode.Parse(user.GetRawText());
            }

            yield return row;
        }
    }
}
