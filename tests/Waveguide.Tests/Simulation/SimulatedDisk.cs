using System.Text;
using Waveguide.Http;
using Waveguide.Tests.Scanning;

namespace Waveguide.Tests.Simulation;

/// <summary>
/// The spool of a life, which fails as disks do, by the world's dice: full, not writable, a part that is gone, cut or
/// changed between its verification and its reading, a folder that cannot be deleted.
/// </summary>
/// <param name="root">Where the real spool folder is; null for a disk that is only imagined.</param>
internal sealed class SimulatedDisk(World world, string? root) : IDisposable
{
    private const string Left = "waveguide-0-";

    private int _parts;
    private int _left;
    private SpoolFolder? _spool;

    /// <summary>Begins a slice's place, the first of a run after what is left from earlier has been removed.</summary>
    /// <exception cref="SourceException">The disk is full or not writable.</exception>
    public IDisposable? Open()
    {
        if (Strikes("the disk is full", oneIn: 40))
        {
            throw new SourceException(SourceFailure.NoSpool, "simulated: the disk is full");
        }

        var isClosed = Strikes("the disk is not writable", oneIn: 40);
        if (root is null)
        {
            return isClosed ? throw new SourceException(SourceFailure.NoSpool, "simulated: not writable") : null;
        }

        if (isClosed)
        {
            var file = root + "-is-a-file";
            File.WriteAllText(file, "");
            return new SpoolFolder(file).Take();
        }

        if (_spool is not null)
        {
            return _spool.Take();
        }

        _spool = new SpoolFolder(root);
        var first = _spool.Take();
        Assert.Single(Directory.GetDirectories(root));
        return first;
    }

    /// <summary>Ends a run, whose places have been closed.</summary>
    public void Dispose()
    {
        if (root is null || _spool is null)
        {
            return;
        }

        _spool.Dispose();
        _spool = null;
        Assert.All(Directory.GetDirectories(root), path => Assert.StartsWith(Left, Path.GetFileName(path)));
    }

    /// <summary>Writes the rows of an hour as one part; none where the disk is only imagined.</summary>
    public IEnumerable<FetchedPart> Write(IDisposable? place, UploadHour hour, IReadOnlyList<string> uuids)
    {
        if (place is not SpoolFolder.Place { Path: var folder } || uuids.Count == 0)
        {
            return [];
        }

        var lines = uuids.Select(uuid => Encoding.UTF8.GetString(Rig.Line(uuid)) + "\n");
        var gzip = Spool.Gzip(Encoding.UTF8.GetBytes(string.Concat(lines)));
        var name = $"part-{_parts++}.json.gz";
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, gzip);
        return [new FetchedPart(hour, name, path, 0, gzip.Length, new string('0', 64))];
    }

    /// <summary>May take a verified part away, or some of it.</summary>
    /// <returns>How reading the slice will fail; null if it will not.</returns>
    public SourceFailure? Strike(IReadOnlyList<FetchedPart> parts)
    {
        if (root is not null && parts.Count == 0)
        {
            return null;
        }

        var path = root is null ? null : parts[world.Dice.Next(parts.Count)].Path;
        if (Strikes("a part is gone", oneIn: 30))
        {
            Change(path, File.Delete);
            return SourceFailure.NoSpool;
        }

        if (Strikes("a part is cut", oneIn: 30))
        {
            Change(path, file => File.WriteAllBytes(file, File.ReadAllBytes(file)[..^world.Dice.Next(1, 9)]));
            return SourceFailure.Damaged;
        }

        if (Strikes("a part is changed", oneIn: 30))
        {
            Change(
                path,
                file =>
                {
                    var bytes = File.ReadAllBytes(file);
                    bytes[^world.Dice.Next(1, 9)] ^= 1;
                    File.WriteAllBytes(file, bytes);
                }
            );
            return SourceFailure.Damaged;
        }

        return null;
    }

    /// <summary>Ends a slice's place; its files may stay, as those of a killed process do.</summary>
    public void Close(IDisposable? place)
    {
        place?.Dispose();
        if (Strikes("the files cannot be deleted", oneIn: 20) && root is not null)
        {
            var folder = Path.Combine(root, $"{Left}{_left++}");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "export.zip"), "PK");
            File.WriteAllText(folder + ".lock", "");
        }
    }

    private static void Change(string? path, Action<string> change)
    {
        if (path is not null)
        {
            change(path);
        }
    }

    private bool Strikes(string what, int oneIn)
    {
        if (world.IsCalm || world.Dice.Next(oneIn) > 0)
        {
            return false;
        }

        world.Trace.Add(what);
        return true;
    }
}
