using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>
/// The members of every cohort, a part each, named by the moment at which Amplitude last computed the cohort: one that is
/// held under that name is the same and is not downloaded again.
/// </summary>
/// <param name="only">Ids of the cohorts that are wanted; empty: all that are not archived.</param>
internal sealed class CohortMembersReader(RestApi api, CohortFile file, IReadOnlyList<string> only) : ITableReader
{
    public Table Table => CohortMembersTable.Definition;

    public async Task<TableAnswer> ReadAsync(Slice slice, SpoolFolder.Place place, CancellationToken cancellationToken)
    {
        var quota = CohortQuota.Of(slice);
        var (parts, kept) = (new List<FetchedPart>(), new List<string>());
        foreach (var (cohort, computed) in await CohortsAsync(cancellationToken))
        {
            var name = $"cohort-{cohort}-{computed}.json.gz";
            if (slice.Held.Contains(name, StringComparer.Ordinal))
            {
                kept.Add(name);
                continue;
            }

            quota = quota.Spend(cohort);
            parts.Add(await ReadAsync(slice.Hours.From, cohort, name, place, cancellationToken));
        }

        using var note = PartFile.Create(slice.Hours.From, quota.PartName, place);
        return new TableAnswer([.. parts.OrderBy(part => part.Name, StringComparer.Ordinal), note.Finish()])
        {
            Kept = kept,
            Notices = [quota.Sentence(parts.Count, kept.Count)],
        };
    }

    private async Task<IReadOnlyList<(string Id, string Computed)>> CohortsAsync(CancellationToken cancellationToken)
    {
        using var answer = await api.GetAsync(Table.Name, "/api/3/cohorts", cancellationToken);
        var all = answer.Rows("cohorts").Select(row => (Row: row, Id: Text(row, "id"))).ToList();
        var missing = only.Except(all.Select(cohort => cohort.Id), StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            throw new SourceException(
                SourceFailure.NotAccepted,
                $"{Table.Name}: the project has no cohort {string.Join(", ", missing)}."
            )
            {
                Hint = "The table cohorts lists them with their ids.",
            };
        }

        return
        [
            .. all.Where(cohort =>
                    only.Count > 0
                        ? only.Contains(cohort.Id, StringComparer.Ordinal)
                        : Text(cohort.Row, "archived") != "True"
                )
                .Select(cohort => (cohort.Id, Text(cohort.Row, "lastComputed"))),
        ];
    }

    private async Task<FetchedPart> ReadAsync(
        UploadHour hour,
        string cohort,
        string name,
        SpoolFolder.Place place,
        CancellationToken cancellationToken
    )
    {
        var path = Path.Combine(place.Path, $"{Guid.NewGuid():n}.csv");
        await file.DownloadAsync(cohort, path, place, cancellationToken);
        using var part = PartFile.Create(hour, name, place);
        using (var text = new StreamReader(path))
        {
            try
            {
                Copy(cohort, text, part);
            }
            catch (Exception reason) when (reason is InvalidDataException or BadDataException)
            {
                var problem =
                    reason is BadDataException ? "a quote is not closed, or stands where none may" : reason.Message;
                throw new SourceException(
                    SourceFailure.Damaged,
                    $"cohort {cohort}: the download is no table ({problem}).",
                    reason
                )
                {
                    Hint = "Nothing of this table was loaded; run again later.",
                };
            }
        }

        File.Delete(path);
        return part.Finish();
    }

    private static void Copy(string cohort, TextReader text, PartFile part)
    {
        string[]? header = null;
        using var records = new CsvParser(text, CultureInfo.InvariantCulture);
        while (records.Read())
        {
            var record = records.Record!;
            if (header is null)
            {
                header = record;
                if (!header.Contains("amplitude_id", StringComparer.Ordinal))
                {
                    throw new InvalidDataException("there is no column amplitude_id");
                }
            }
            else if (record.Length != header.Length)
            {
                throw new InvalidDataException($"a row has {record.Length} fields, not {header.Length}");
            }
            else
            {
                part.Add(Row(cohort, header, record));
            }
        }
    }

    private static JsonObject Row(string cohort, string[] header, string[] record)
    {
        var row = new JsonObject { ["cohort_id"] = cohort };
        var properties = new JsonObject();
        for (var column = 0; column < header.Length; column++)
        {
            var value = record[column];
            if (header[column] == "amplitude_id")
            {
                row["amplitude_id"] = long.TryParse(value, CultureInfo.InvariantCulture, out var id) ? id : value;
            }
            else if (header[column] == "user_id")
            {
                row["user_id"] = value.Length == 0 ? null : value;
            }
            else
            {
                properties[header[column]] = value;
            }
        }

        row["properties"] = properties;
        return row;
    }

    private static string Text(JsonElement row, string key) =>
        row.TryGetProperty(key, out var value) ? value.ToString() : string.Empty;
}
