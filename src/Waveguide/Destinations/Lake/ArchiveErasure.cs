using System.IO.Compression;
using Waveguide.Destinations.DuckDb;
using Waveguide.Destinations.Erasing;
using Waveguide.DuckDb;

namespace Waveguide.Destinations.Lake;

/// <summary>Writes kept archives again without the lines of users who leave.</summary>
/// <param name="connection">Holds <c>leaving_users</c>, and <c>leaving_names</c> if they are known.</param>
internal sealed class ArchiveErasure(LakeEngine engine, DuckDbConnection connection)
{
    /// <summary>What is looked at in an archive's rows; all else counts as unknown.</summary>
    private static readonly Table Ids = new(
        "lines of an archive",
        TableKind.Snapshot,
        [
            new Column("amplitude_id", "amplitude_id", ColumnType.Integer, "Amplitude's id of the user."),
            new Column("user_id", "user_id", ColumnType.Text, "The project's own id of the user."),
        ],
        PrimaryKey: [],
        Cursor: null
    );

    /// <returns>The path of a new archive; null if this one holds nothing of them.</returns>
    public async Task<string?> WithoutAsync(string project, string archive, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(engine.NewPath()).FullName;
        try
        {
            using var zip = await ZipFile.OpenReadAsync(archive, cancellationToken);
            var files = new List<(string Project, LakeFile File)>();
            foreach (var entry in zip.Entries.Where(entry => entry.Length > 0))
            {
                var path = Path.Combine(folder, $"{files.Count}");
                await entry.ExtractToFileAsync(path, cancellationToken);
                files.Add((project, FileOf(entry, path)));
            }

            var lines = await LinesAsync(files, cancellationToken);
            return lines.Count == 0 ? null : await WriteAsync(files, lines, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The numbers of the lines that go, by part.</summary>
    private async Task<ILookup<string, long>> LinesAsync(
        List<(string Project, LakeFile File)> files,
        CancellationToken cancellationToken
    )
    {
        var aside = new List<RejectedLine>();
        engine.Files.Set(
            new LakeRelation(Ids, files, file => file.Key, _ => { })
            {
                Reject = line =>
                {
                    lock (aside)
                    {
                        aside.Add(line);
                    }
                },
            }
        );
        return await Task.Run(Find, cancellationToken);

        ILookup<string, long> Find()
        {
            connection.Execute(
                $"""
                CREATE OR REPLACE TEMP TABLE archive_rows AS
                SELECT _part AS part, _line AS line FROM waveguide_lake({Layout.Text(
                    Ids.Name
                )}) AS t {LeavingUsers.ById};
                CREATE OR REPLACE TEMP TABLE archive_lines (project VARCHAR, part VARCHAR, line BIGINT, raw BLOB);
                """,
                cancellationToken
            );
            foreach (var line in aside)
            {
                connection.Execute(
                    "INSERT INTO archive_lines VALUES ($1, $2, $3, $4)",
                    [files[0].Project, line.Part, line.Line, line.Raw],
                    cancellationToken
                );
            }

            using var result = connection.Query(
                $"FROM archive_rows UNION {LeavingUsers.Lines("archive_lines", "t.part, t.line")}",
                cancellationToken
            );
            return result.Rows().ToLookup(row => (string)row[0]!, row => (long)row[1]!, StringComparer.Ordinal);
        }
    }

    private async Task<string> WriteAsync(
        List<(string Project, LakeFile File)> files,
        ILookup<string, long> lines,
        CancellationToken cancellationToken
    )
    {
        var path = engine.NewPath();
        await using var zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create, cancellationToken);
        foreach (var (_, file) in files)
        {
            var entry = zip.CreateEntry(file.Part!, CompressionLevel.NoCompression);
            await using var output = await entry.OpenAsync(cancellationToken);
            if (lines.Contains(file.Part!))
            {
                await using var packed = new GZipStream(output, CompressionLevel.Optimal);
                LakeRewriting.Blank(LakeReading.Part(file, file.Key), lines[file.Part!].ToHashSet(), packed);
            }
            else
            {
                await using var same = File.OpenRead(file.Key);
                await same.CopyToAsync(output, cancellationToken);
            }
        }

        return path;
    }

    private static LakeFile FileOf(ZipArchiveEntry entry, string path) =>
        new(path, new FileInfo(path).Length, Sha256: "", LakeFormat.JsonGz.Name(), Schema: "")
        {
            Hour = default,
            LoadedAt = default,
            Part = entry.FullName,
        };
}
