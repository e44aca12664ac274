using Waveguide.Destinations.DuckDb;
using Waveguide.DuckDb;

namespace Waveguide.Destinations.Erasing;

/// <summary>
/// Who is to be erased, as tables of one connection: <c>leaving_users</c>, their user ids in <c>leaving_names</c>, and in
/// <c>leaving_rows</c> what there is of them, which the destination fills.
/// </summary>
internal sealed class LeavingUsers(DuckDbConnection connection)
{
    /// <summary>Tables whose rows carry the id of a user.</summary>
    public static readonly string[] Covered = ["events", "cohort_members"];

    /// <summary>Joins rows, as <c>t</c>, to the users whose id they carry.</summary>
    public const string ById = "JOIN leaving_users AS u ON u.project = t._project AND u.amplitude_id = t.amplitude_id";

    /// <summary>Joins rows, as <c>t</c>, to the users whose name they carry.</summary>
    public const string ByName = "JOIN leaving_names AS u ON u.project = t._project AND u.user_id = t.user_id";

    /// <summary>Amplitude ids in a quarantined line: a number of their own.</summary>
    public const string Numbers = """
        regexp_extract_all(regexp_replace(raw::VARCHAR, '\\x[0-9A-F]{2}', ' ', 'g'), '[0-9]+')
        """;

    /// <summary>The refusal where nobody can be named.</summary>
    public static ConfigurationException NoJobs() =>
        new("the destination does not hold the table deletions, which names the users.")
        {
            Hint = "waveguide sync --table deletions loads it.",
        };

    /// <summary>Those that the jobs name, and those that were merged into them, through any number of merges.</summary>
    /// <param name="statuses">Of the deletion jobs that count.</param>
    /// <param name="hasMerged">Whether there is a table of merged ids.</param>
    public void Find(IReadOnlyList<string> statuses, bool hasMerged)
    {
        // A recursion would read a lake's files at each of its steps.
        var merges = hasMerged
            ? "SELECT DISTINCT _project AS project, amplitude_id, merged_amplitude_id FROM amplitude.merged_ids"
            : "SELECT NULL AS project, NULL AS amplitude_id, NULL AS merged_amplitude_id WHERE false";
        connection.Execute(
            $"""
            CREATE OR REPLACE TEMP TABLE leaving_merges AS {merges};
            CREATE OR REPLACE TEMP TABLE leaving_users AS
            WITH RECURSIVE leaving AS (
                SELECT DISTINCT _project AS project, amplitude_id FROM amplitude.deletions
                WHERE amplitude_id IS NOT NULL AND status IN ({string.Join(", ", statuses.Select(Layout.Text))})
                UNION
                SELECT leaving.project, merged.amplitude_id
                FROM leaving JOIN leaving_merges AS merged
                    ON merged.project = leaving.project AND merged.merged_amplitude_id = leaving.amplitude_id
            )
            FROM leaving WHERE amplitude_id IS NOT NULL
            """
        );
    }

    /// <param name="before">Who was erased earlier.</param>
    public ErasureReport Report(IEnumerable<ErasedUser> before, CancellationToken cancellationToken)
    {
        using var result = connection.Query(
            """
            SELECT project, CASE WHEN rejected THEN 'quarantine' ELSE table_name END AS name,
                count(DISTINCT row_id), count(DISTINCT amplitude_id)
            FROM leaving_rows GROUP BY ALL ORDER BY ALL
            """,
            cancellationToken
        );
        List<Erasure> tables =
        [
            .. result.Rows().Select(row => new Erasure((string)row[0]!, (string)row[1]!, (long)row[2]!, (long)row[3]!)),
        ];
        var known = before.Select(user => (user.Project, user.AmplitudeId)).ToHashSet();
        using var users = connection.Query("SELECT project, amplitude_id FROM leaving_users", cancellationToken);
        var all = users.Rows().Select(row => ((string)row[0]!, (long)row[1]!)).ToList();
        return new ErasureReport(all.Count, all.Count(user => !known.Contains(user)), tables);
    }

    /// <summary>Selects the lines that hold a user's id or name, each with the user, as <c>t</c> and <c>u</c>.</summary>
    /// <param name="lines">A relation with the columns of the quarantine.</param>
    /// <param name="columns">What is selected of them.</param>
    public static string Lines(string lines, string columns) =>
        $"""
            SELECT DISTINCT {columns}
            FROM (SELECT *, {Numbers} AS numbers FROM {lines}) AS t
            JOIN (
                SELECT * FROM leaving_names UNION ALL SELECT project, amplitude_id, NULL FROM leaving_users
            ) AS u ON u.project = t.project AND (
                (u.user_id IS NULL AND list_contains(t.numbers, u.amplitude_id::VARCHAR))
                OR contains(t.raw::VARCHAR, encode(to_json(u.user_id)::VARCHAR)::VARCHAR)
            )
            """;
}
