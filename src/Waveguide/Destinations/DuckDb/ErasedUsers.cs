using Waveguide.DuckDb;

namespace Waveguide.Destinations.DuckDb;

/// <summary>The users of <c>waveguide.erased</c>: what is loaded later leaves their rows out.</summary>
internal sealed class ErasedUsers(DuckDbConnection connection)
{
    /// <summary>Amplitude ids in a quarantined line: a number of their own, or a user's id between quotes.</summary>
    public const string Numbers = """
        regexp_extract_all(regexp_replace(raw::VARCHAR, '\\x[0-9A-F]{2}', ' ', 'g'), '[0-9]+')
        """;

    /// <summary>Tables whose rows carry the id of a user.</summary>
    public static readonly string[] Covered = ["events", "cohort_members"];

    public void Ensure() =>
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS waveguide.erased (
                project VARCHAR NOT NULL,
                amplitude_id BIGINT NOT NULL,
                erased_at TIMESTAMP NOT NULL,
                rows BIGINT NOT NULL
            )
            """
        );

    /// <summary>Notes users whose rows are nowhere, so that none of them lands.</summary>
    public void Write(IReadOnlyList<ErasedUser> users)
    {
        Ensure();
        foreach (var user in users)
        {
            connection.Execute(
                "INSERT INTO waveguide.erased VALUES ($1, $2, $3, $4)",
                [user.Project, user.AmplitudeId, user.ErasedAt.UtcDateTime, user.Rows]
            );
        }
    }

    public IReadOnlyList<ErasedUser> Read()
    {
        if (!Layout.Exists(connection, "waveguide", "erased"))
        {
            return [];
        }

        using var result = connection.Query("SELECT project, amplitude_id, erased_at, rows FROM waveguide.erased");
        return
        [
            .. result
                .Rows()
                .Select(row => new ErasedUser((string)row[0]!, (long)row[1]!, (DateTime)row[2]!, (long)row[3]!)),
        ];
    }

    /// <summary>Deletes what the slice has just brought of erased users.</summary>
    /// <returns>The entries with what is left; their fingerprints stay those of what the source gave.</returns>
    public IReadOnlyList<HourRecord> LeaveOut(Slice slice, IReadOnlyList<HourRecord> records)
    {
        if (!Covered.Contains(slice.Table.Name) || !Layout.Exists(connection, "waveguide", "erased"))
        {
            return records;
        }

        var rows = Delete(
            $"amplitude.{Layout.Quote(slice.Table.Name)}",
            "_upload_hour",
            "_project = $1 AND _upload_hour >= $2 AND _upload_hour < $3"
                + " AND amplitude_id IN (SELECT amplitude_id FROM waveguide.erased WHERE project = $1)",
            slice
        );
        var lines = Delete(
            "waveguide.quarantine",
            "upload_hour",
            $"""
            project = $1 AND upload_hour >= $2 AND upload_hour < $3 AND table_name = '{slice.Table.Name}'
                AND list_has_any({Numbers},
                    (SELECT coalesce(list(amplitude_id::VARCHAR), []) FROM waveguide.erased WHERE project = $1))
            """,
            slice
        );
        return
        [
            .. records.Select(record =>
                record with
                {
                    Tally = record.Tally with
                    {
                        Rows = record.Tally.Rows - rows.GetValueOrDefault(record.Hour),
                        Rejected = record.Tally.Rejected - lines.GetValueOrDefault(record.Hour),
                    },
                }
            ),
        ];
    }

    private Dictionary<UploadHour, long> Delete(string table, string hour, string where, Slice slice)
    {
        object?[] place = [slice.Project, slice.Hours.From.Start, slice.Hours.Until.Start];
        Dictionary<UploadHour, long> counts;
        using (var result = connection.Query($"SELECT {hour}, count(*) FROM {table} WHERE {where} GROUP BY 1", place))
        {
            counts = result.Rows().ToDictionary(row => UploadHour.Of((DateTime)row[0]!), row => (long)row[1]!);
        }

        if (counts.Count > 0)
        {
            connection.Execute($"DELETE FROM {table} WHERE {where}", place);
        }

        return counts;
    }
}
