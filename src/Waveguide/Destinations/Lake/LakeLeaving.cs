using Waveguide.Destinations.DuckDb;
using Waveguide.Destinations.Erasing;
using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Destinations.Lake;

/// <summary>
/// What there is of users who leave, line by line, in the table <c>leaving_rows</c>. It is looked for in one scope after
/// the other, so that no more than a day of a lake has to be at hand.
/// </summary>
internal sealed class LakeLeaving
{
    /// <param name="connection">Holds <c>leaving_users</c>.</param>
    public LakeLeaving(DuckDbConnection connection)
    {
        Connection = connection;
        connection.Execute(
            """
            CREATE OR REPLACE TEMP TABLE leaving_names (project VARCHAR, amplitude_id BIGINT, user_id VARCHAR);
            CREATE OR REPLACE TEMP TABLE leaving_rows (
                table_name VARCHAR, rejected BOOLEAN, project VARCHAR, amplitude_id BIGINT, user_id VARCHAR,
                hour TIMESTAMP, part VARCHAR, line BIGINT, row_id VARCHAR
            );
            """
        );
    }

    public DuckDbConnection Connection { get; }

    /// <summary>Finds every line of the relation that is a row of theirs, repeated ones too.</summary>
    /// <param name="join">How its rows are joined to users.</param>
    public Task FindAsync(Table table, string relation, string join, CancellationToken cancellationToken)
    {
        var place = $"t.{LandedColumns.Part} || ':' || t.{LandedColumns.Line}";
        var key = table.PrimaryKey is [var only] ? $"coalesce(t.{Layout.Quote(only)}, {place})" : place;
        var within = table.Kind == TableKind.Snapshot ? $"t.{LandedColumns.Part}, " : "";
        return ExecuteAsync(
            $"""
            INSERT INTO leaving_rows
            SELECT {Layout.Text(table.Name)}, false, u.project, u.amplitude_id, t.user_id,
                t.{LandedColumns.UploadHour}, t.{LandedColumns.Part}, t.{LandedColumns.Line},
                concat_ws('/', t.{LandedColumns.UploadHour}, {within}{key})
            FROM ({relation}) AS t {join}
            """,
            cancellationToken
        );
    }

    /// <summary>Takes the user ids of the rows found so far.</summary>
    public Task NameAsync(CancellationToken cancellationToken) =>
        ExecuteAsync(
            """
            INSERT INTO leaving_names
            SELECT DISTINCT project, amplitude_id, user_id FROM leaving_rows WHERE user_id IS NOT NULL
            """,
            cancellationToken
        );

    /// <summary>Finds lines that were put aside and hold an id or a name of theirs.</summary>
    /// <param name="lines">A relation with the columns of the quarantine.</param>
    public Task FindLinesAsync(string lines, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "INSERT INTO leaving_rows "
                + LeavingUsers.Lines(
                    lines,
                    """
                    t.table_name, true, u.project, u.amplitude_id, NULL, t.upload_hour, t.part, t.line,
                    concat_ws('/', t.table_name, t.upload_hour, t.part, t.line)
                    """
                ),
            cancellationToken
        );

    /// <summary>The projects of these users.</summary>
    public IReadOnlyList<string> Projects()
    {
        using var result = Connection.Query("SELECT DISTINCT project FROM leaving_users ORDER BY 1");
        return [.. result.Rows().Select(row => (string)row[0]!)];
    }

    /// <summary>Those of the manifests that name files of hours in which something was found.</summary>
    public IReadOnlyList<LakeManifest> Touched(IEnumerable<LakeManifest> ledger)
    {
        using var result = Connection.Query("SELECT DISTINCT project, table_name, hour FROM leaving_rows");
        var hours = result
            .Rows()
            .Select(row => ((string)row[0]!, (string)row[1]!, UploadHour.Of((DateTime)row[2]!)))
            .ToHashSet();
        return [.. ledger.Where(manifest => manifest.Hours.Any(hour => IsIn(manifest.Scope, hour)))];

        bool IsIn(LakeScope scope, LakeHour hour) =>
            hour.Files.Concat(hour.Quarantine).Any(file => hours.Contains((scope.Project, scope.Table, file.Hour)));
    }

    /// <summary>What was found of the part, or of the hour, from which the file was made.</summary>
    public IReadOnlyList<LeavingLine> Of(LakeScope scope, LakeFile file)
    {
        using var result = Connection.Query(
            $"SELECT DISTINCT part, line, rejected, row_id FROM leaving_rows WHERE {Where(scope, file)}"
        );
        return
        [
            .. result
                .Rows()
                .Select(row => new LeavingLine((string)row[0]!, (long)row[1]!, (bool)row[2]!, (string)row[3]!)),
        ];
    }

    /// <summary>The rows of the file that stay, as SQL.</summary>
    /// <param name="path">Of the file, which is Parquet.</param>
    public static string Rest(LakeScope scope, LakeFile file, string path) =>
        $"""
            FROM read_parquet({Layout.Text(path)}) AS t ANTI JOIN (
                SELECT part, line FROM leaving_rows WHERE NOT rejected AND {Where(scope, file)}
            ) AS gone ON gone.part = t.{LandedColumns.Part} AND gone.line = t.{LandedColumns.Line}
            """;

    /// <returns>How many rows and lines of each user were found.</returns>
    public IReadOnlyList<ErasedUser> Users(DateTimeOffset at)
    {
        using var result = Connection.Query(
            """
            SELECT u.project, u.amplitude_id, count(DISTINCT r.row_id)
            FROM leaving_users AS u LEFT JOIN leaving_rows AS r USING (project, amplitude_id) GROUP BY ALL ORDER BY ALL
            """
        );
        return [.. result.Rows().Select(row => new ErasedUser((string)row[0]!, (long)row[1]!, at, (long)row[2]!))];
    }

    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        Task.Run(() => Connection.Execute(sql, cancellationToken), cancellationToken);

    private static string Where(LakeScope scope, LakeFile file) =>
        $"project = {Layout.Text(scope.Project)} AND table_name = {Layout.Text(scope.Table)} AND hour = '{file.Hour.Start:yyyy-MM-dd HH}:00:00'"
        + (file.Part is { } part ? $" AND part = {Layout.Text(part)}" : "");
}

/// <param name="Rejected">Whether it is no row.</param>
/// <param name="Row">The same for lines that repeat a row.</param>
internal readonly record struct LeavingLine(string Part, long Line, bool Rejected, string Row);
