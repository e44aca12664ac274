using System.Text.Json.Serialization;

namespace Waveguide.Destinations.Lake;

/// <summary>One object of the ledger: the hours of a scope.</summary>
/// <param name="Hours">In order, each once.</param>
internal sealed record LakeManifest(LakeScope Scope, IReadOnlyList<LakeHour> Hours)
{
    /// <summary>The key of the object that describes the table; null before anything is written.</summary>
    public string? Schema { get; init; }

    /// <summary>The objects that the scope's hours consist of.</summary>
    [JsonIgnore]
    public IEnumerable<string> Keys => Hours.SelectMany(hour => hour.Keys);

    public LakeHour? this[UploadHour hour] => Hours.FirstOrDefault(entry => entry.Record.Hour == hour);

    /// <summary>With these entries in place of what there was for their hours.</summary>
    public LakeManifest With(IReadOnlyCollection<LakeHour> entries)
    {
        var replaced = entries.Select(entry => entry.Record.Hour).ToHashSet();
        return this with
        {
            Hours =
            [
                .. Hours
                    .Where(entry => !replaced.Contains(entry.Record.Hour))
                    .Concat(entries)
                    .OrderBy(entry => entry.Record.Hour),
            ],
        };
    }

    public LakeManifest Without(HourRange hours) =>
        this with
        {
            Hours = [.. Hours.Where(entry => !hours.Contains(entry.Record.Hour))],
        };
}
