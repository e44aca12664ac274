using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waveguide.Http;

namespace Waveguide.Amplitude.Profiles;

/// <summary>
/// Profiles that were fetched for a snapshot that is not committed yet, on the disk: at 600 a minute a large one takes
/// hours, and a run that was stopped goes on from here. Losing the file loses only time. Safe for concurrent use.
/// </summary>
internal sealed class ProfileStore : IDisposable
{
    /// <summary>Key of the moment at which a profile came, Unix milliseconds; not part of the profile.</summary>
    private const string CameAt = "_came_at";

    private const string Format = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(3);

    private readonly FileStream _file;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _users = new(StringComparer.Ordinal);

    private ProfileStore(FileStream file) => _file = file;

    /// <summary>The name of the snapshot's part: once the destination holds it, these profiles are no longer wanted.</summary>
    public string PartName { get; private set; } = string.Empty;

    public int Count => _users.Count;

    /// <summary>When the profiles of an earlier run came that came within the last minute.</summary>
    public IReadOnlyList<DateTimeOffset> JustCame { get; private set; } = [];

    /// <summary>Goes on with the profiles of an earlier run, unless they are committed or older than three days.</summary>
    /// <param name="folder">Where the store is kept; made if it is not there.</param>
    /// <param name="question">What tells one store from another: project and options.</param>
    /// <param name="held">Parts that the destination holds.</param>
    /// <exception cref="SourceException">The folder cannot be used.</exception>
    public static ProfileStore Open(string folder, string question, IReadOnlyList<string> held, DateTimeOffset now)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..16];
            var store = new ProfileStore(new FileStream(Path.Combine(folder, $"profiles-{name}.jsonl"), Options()));
            if (!store.TryGoOn(held, now))
            {
                store.Begin(now);
            }

            return store;
        }
        catch (Exception reason) when (SpoolFolder.IsOfDisk(reason))
        {
            throw SpoolFolder.Unusable(folder, reason);
        }
    }

    public bool Holds(string user)
    {
        lock (_gate)
        {
            return _users.Contains(user);
        }
    }

    /// <param name="now">When its profile came.</param>
    /// <returns>How many users are in it now.</returns>
    /// <exception cref="SourceException">The disk is full.</exception>
    public int Add(string user, JsonObject row, DateTimeOffset now)
    {
        row[CameAt] = now.ToUnixTimeMilliseconds();
        lock (_gate)
        {
            Append(row);
            _users.Add(user);
            return _users.Count;
        }
    }

    /// <summary>Every profile, in the order in which they came. Nothing may be added meanwhile.</summary>
    public IEnumerable<JsonObject> Rows()
    {
        foreach (var row in Users())
        {
            row.Remove(CameAt);
            yield return row;
        }
    }

    /// <summary>Deletes the file of a store that was disposed; if it cannot, the next snapshot begins it anew.</summary>
    public void Delete()
    {
        try
        {
            File.Delete(_file.Name);
        }
        catch (Exception reason) when (SpoolFolder.IsOfDisk(reason))
        {
            // It is emptied when the next snapshot is taken, for then the destination holds its part.
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private bool TryGoOn(IReadOnlyList<string> held, DateTimeOffset now)
    {
        var began = (string?)Lines().FirstOrDefault()?["began"];
        if (
            !DateTime.TryParseExact(began, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || now.UtcDateTime - time > Oldest
            || held.Contains(NameOf(began), StringComparer.Ordinal)
        )
        {
            return false;
        }

        PartName = NameOf(began);
        var came = new List<DateTimeOffset>();
        foreach (var row in Users())
        {
            _users.Add((string)row["user_id"]!);
            var moment = DateTimeOffset.FromUnixTimeMilliseconds((long?)row[CameAt] ?? 0);
            if (now - moment < Minute)
            {
                came.Add(moment);
            }
        }

        JustCame = came;
        // A line that was cut when its run was killed is ended here, and passed over by every reader.
        _file.Seek(0, SeekOrigin.End);
        _file.WriteByte((byte)'\n');
        return true;
    }

    private void Begin(DateTimeOffset now)
    {
        var began = now.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
        PartName = NameOf(began);
        _file.SetLength(0);
        Append(new JsonObject { ["began"] = began });
    }

    private static string NameOf(string? began) => $"profiles-{began}.json.gz";

    private void Append(JsonObject row)
    {
        try
        {
            _file.Seek(0, SeekOrigin.End);
            _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(row), (byte)'\n']);
            _file.Flush();
        }
        catch (IOException reason)
        {
            throw SpoolFolder.Unusable(Path.GetDirectoryName(_file.Name)!, reason);
        }
    }

    private IEnumerable<JsonObject> Users() => Lines().Where(line => line.ContainsKey("user_id"));

    private IEnumerable<JsonObject> Lines()
    {
        _file.Position = 0;
        using var lines = new StreamReader(_file, leaveOpen: true);
        while (lines.ReadLine() is { } line)
        {
            if (Parse(line) is { } row)
            {
                yield return row;
            }
        }
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
