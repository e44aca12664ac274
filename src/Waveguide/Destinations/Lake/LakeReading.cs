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

    public override void Release(PartTurn turn) => relation.Cache.Release(relation.Files[turn.Number].File);

    public override void Displace(RowPlace row) =>
        throw new UnreachableException("Parts of an hour are read in their order.");

    public override void Count(UploadHour hour, HourContent content) { }

    public override void Reject(RejectedLine line) { }

    private bool Together(int left, int right) =>
        relation.Table.Kind != TableKind.Snapshot
        && relation.Files[left].Project == relation.Files[right].Project
        && relation.Files[left].File.Hour == relation.Files[right].File.Hour;

    private PartTurn Turn(int number, DuplicateFilter filter)
    {
        var (project, file) = relation.Files[number];
        var path = relation.Cache.Take(file);
        var part = new FetchedPart(file.Hour, file.Part!, path, Offset: 0, file.Bytes, file.Sha256)
        {
            IsPlain = file.Format == LakeFormat.Json.Name(),
        };
        return new PartTurn(number, part, filter, project, file.LoadedAt);
    }
}

/// <summary>The files of a table that hold JSON.</summary>
/// <param name="Files">Those of an hour of a project stand together, in the order of their parts.</param>
internal sealed record LakeRelation(
    Table Table,
    IReadOnlyList<(string Project, LakeFile File)> Files,
    ObjectCache Cache
);
