using System.Text.Json.Serialization;

namespace Waveguide.Destinations.Lake;

/// <summary>What the ledger of a lake has of one hour.</summary>
/// <param name="Files">The objects that hold its rows.</param>
/// <param name="Quarantine">The objects that hold its rejected lines.</param>
internal sealed record LakeHour(HourRecord Record, IReadOnlyList<LakeFile> Files, IReadOnlyList<LakeFile> Quarantine)
{
    /// <summary>The parts from which the hour was loaded, or found equal.</summary>
    public IReadOnlyList<LakePart> Parts { get; init; } = [];

    /// <summary>Version of Waveguide that wrote the entry.</summary>
    public string ToolVersion { get; init; } = Waveguide.ToolVersion.Text;

    [JsonIgnore]
    public bool IsLoaded => Record.State.IsLoaded();

    [JsonIgnore]
    public IEnumerable<string> Keys => Files.Concat(Quarantine).Select(file => file.Key);
}

/// <summary>An object of a lake. It is never written again with other content.</summary>
/// <param name="Sha256">Lower-case hex over its bytes.</param>
/// <param name="Format">As in <see cref="LakeFormats.Name"/>.</param>
/// <param name="Schema">The key of the object that describes its table.</param>
internal sealed record LakeFile(string Key, long Bytes, string Sha256, string Format, string Schema)
{
    /// <summary>The upload hour of its rows.</summary>
    public required UploadHour Hour { get; init; }

    /// <summary>The value of <c>_loaded_at</c> in its rows.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>The part from which it was made; null if from all of an hour.</summary>
    public string? Part { get; init; }

    /// <summary>Rows in it, repeated ones left out; null if only those of its hour are known.</summary>
    public long? Rows { get; init; }
}

/// <summary>A part as the source gave it.</summary>
/// <param name="Bytes">Compressed.</param>
internal sealed record LakePart(string Name, long Bytes, string Sha256)
{
    public static LakePart Of(FetchedPart part) => new(part.Name, part.Length, part.Sha256);
}
