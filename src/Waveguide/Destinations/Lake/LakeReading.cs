using System.Diagnostics;
using Waveguide.Scanning;

namespace Waveguide.Destinations.Lake;

/// <summary>
/// The files of a table that hold JSON, as one statement reads them. An hour is read by one thread in the order of its
/// parts, so that of a repeated key the first row is delivered, as when it was loaded.
/// </summary>
internal sealed class LakeReading(LakeRelation relation) : PartReading(relation.Table)
{
    private readonly Lock _taking = new();
    private int _taken;

    public override int MaxThreads => relation.Files.Count;

    public override void Begin()
    {
        lock (_taking)
        {
            _taken = 0;
        }
    }

    public override PartTurn? Take(PartTurn? last)
    {
        if (last is not null && last.Number + 1 < relation.Files.Count && Together(last.Number, last.Number + 1))
        {
            return Turn(last.Number + 1, last.Filter);
        }

        int first;
        lock (_taking)
        {
            first = _taken;
            if (first == relation.Files.Count)
            {
                return null;
            }

            do
            {
                _taken++;
            } while (_taken < relation.Files.Count && Together(_taken - 1, _taken));
        }

        return Turn(first, new DuplicateFilter());
    }

    public override void Release(PartTurn turn) => relation.Release(relation.Files[turn.Number].File);

    public override void Displace(RowPlace row) =>
        throw new UnreachableException("Parts of an hour are read in their order.");

    public override void Count(UploadHour hour, HourContent content) { }

    public override void Reject(RejectedLine line) => relation.Reject(line);

    /// <summary>The part from which the file was made, as it lies there now.</summary>
    /// <param name="path">Where the file can be read.</param>
    public static FetchedPart Part(LakeFile file, string path) =>
        new(file.Hour, file.Part!, path, Offset: 0, file.Bytes, file.Sha256)
        {
            IsPlain = file.Format == LakeFormat.Json.Name(),
        };

    private bool Together(int left, int right) =>
        relation.Table.Kind != TableKind.Snapshot
        && relation.Files[left].Project == relation.Files[right].Project
        && relation.Files[left].File.Hour == relation.Files[right].File.Hour;

    private PartTurn Turn(int number, DuplicateFilter filter)
    {
        var (project, file) = relation.Files[number];
        return new PartTurn(number, Part(file, relation.Take(file)), filter, project, file.LoadedAt);
    }
}

/// <summary>The files of a table that hold JSON.</summary>
/// <param name="Files">Those of an hour of a project stand together, in the order of their parts.</param>
/// <param name="Take">Gives the path under which a file can be read until it is released.</param>
internal sealed record LakeRelation(
    Table Table,
    IReadOnlyList<(string Project, LakeFile File)> Files,
    Func<LakeFile, string> Take,
    Action<LakeFile> Release
)
{
    /// <summary>Told each line that is no row, by any thread; by default they are passed over.</summary>
    public Action<RejectedLine> Reject { get; init; } = _ => { };
}
