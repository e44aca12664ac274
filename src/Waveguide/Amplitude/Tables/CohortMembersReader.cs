using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>
/// The members of every cohort, a part each, named by the moment at which Amplitude last computed the cohort: one that is
/// held under that name is the same and is not downloaded again. Of one that cannot be downloaded the members that are held
/// stay.
/// </summary>
/// <param name="only">Ids of the cohorts that are wanted; empty: all that are not archived.</param>
internal sealed class CohortMembersReader(RestApi api, CohortFile file, IReadOnlyList<string> only) : ITableReader
{
    /// <summary>Downloads that fail for want of an answer before no other is asked for.</summary>
    private const int MostUnanswered = 3;

    public Table Table => CohortMembersTable.Definition;

    public async Task<TableAnswer> ReadAsync(Slice slice, SpoolFolder.Place place, CancellationToken cancellationToken)
    {
        var quota = CohortQuota.Of(slice);
        var (parts, failures) = (new List<FetchedPart>(), new List<SourceException>());
        var (unchanged, old) = (new List<string>(), new List<string>());
        foreach (var cohort in await CohortsAsync(cancellationToken))
        {
            if (slice.Held.Contains(cohort.PartName, StringComparer.Ordinal))
            {
                unchanged.Add(cohort.PartName);
                continue;
            }

            try
            {
                ThrowIfGivenUp(failures);
                quota.ThrowIfUsedUp(cohort.Id);
                var request = await file.RequestAsync(cohort.Id, cancellationToken);
                quota = quota.Spend();
                parts.Add(await ReadAsync(slice.Hours.From, cohort, request, place, cancellationToken));
            }
            catch (SourceException reason) when (IsOfOne(reason, isFirst: parts.Count + unchanged.Count == 0))
            {
                failures.Add(reason);
                old.AddRange(slice.Held.Where(cohort.Made));
            }
        }

        var lacking = Lacking(failures);
        if (lacking is not null && parts.Count + unchanged.Count + old.Count == 0)
        {
            throw lacking;
        }

        using var note = PartFile.Create(slice.Hours.From, quota.PartName, place);
        return new TableAnswer([.. parts.OrderBy(part => part.Name, StringComparer.Ordinal), note.Finish()])
        {
            Kept = [.. unchanged, .. old],
            Notices = [quota.Sentence(parts.Count, unchanged.Count)],
            Lacking = lacking,
        };
    }

    /// <summary>Whether others may fare better. That no download is known at all shows at the first.</summary>
    private static bool IsOfOne(SourceException reason, bool isFirst) =>
        reason.Failure switch
        {
            SourceFailure.Refused or SourceFailure.NoSpool or SourceFailure.Unreachable => false,
            SourceFailure.NotOffered => !isFirst,
            _ => true,
        };

    /// <exception cref="SourceException">The last failure: after so many for want of an answer nothing more is asked.</exception>
    private static void ThrowIfGivenUp(List<SourceException> failures)
    {
        if (failures.Count(one => one.Failure is SourceFailure.Unavailable or SourceFailure.TooSlow) >= MostUnanswered)
        {
            throw failures[^1];
        }
    }

    private static SourceException? Lacking(List<SourceException> failures) =>
        failures switch
        {
            [] => null,
            [var only] => only,
            [var first, .. var others] => new SourceException(
                first.Failure,
                $"{first.Message} {others.Count} more failed as well.",
                first
            )
            {
                Hint = first.Hint,
            },
        };

    private async Task<IReadOnlyList<Cohort>> CohortsAsync(CancellationToken cancellationToken)
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
                .Select(cohort => new Cohort(cohort.Id, Text(cohort.Row, "lastComputed"))),
        ];
    }

    private async Task<FetchedPart> ReadAsync(
        UploadHour hour,
        Cohort cohort,
        string request,
        SpoolFolder.Place place,
        CancellationToken cancellationToken
    )
    {
        var path = Path.Combine(place.Path, $"{Guid.NewGuid():n}.csv");
        await file.DownloadAsync(cohort.Id, request, path, place, cancellationToken);
        using var part = PartFile.Create(hour, cohort.PartName, place);
        using (var text = new StreamReader(path))
        {
            try
            {
                Copy(cohort.Id, text, part);
            }
            catch (Exception reason) when (reason is InvalidDataException or BadDataException)
            {
                var problem =
                    reason is BadDataException ? "a quote is not closed, or stands where none may" : reason.Message;
                throw new SourceException(
                    SourceFailure.Damaged,
                    $"cohort {cohort.Id}: the download is no table ({problem}).",
                    reason
                )
                {
                    Hint = "Nothing of this download was loaded; run again later.",
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

    /// <param name="Computed">When Amplitude last found its members.</param>
    private sealed record Cohort(string Id, string Computed)
    {
        public string PartName => $"cohort-{Id}-{Computed}.json.gz";

        /// <summary>Whether the part holds members of the cohort, of whatever moment.</summary>
        public bool Made(string part) => part.LastIndexOf('-') is var end and > 0 && part[..end] == $"cohort-{Id}";
    }
}
