using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waveguide.Destinations.DuckDb;

/// <summary>Entries of the ledger as text, by code made at build time: to make it at run time takes as long as to insert them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IEnumerable<LedgerRow>))]
internal sealed partial class LedgerJson : JsonSerializerContext
{
    public static string Of(IEnumerable<LedgerRow> rows) =>
        JsonSerializer.Serialize(rows, Default.IEnumerableLedgerRow);
}

/// <summary>A row of <c>waveguide.hours</c>, but for what all rows of a slice share.</summary>
internal sealed record LedgerRow
{
    public required DateTime Hour { get; init; }

    public required string State { get; init; }

    public required long Rows { get; init; }

    public required long Rejected { get; init; }

    public required long Repaired { get; init; }

    public required long Duplicates { get; init; }

    public required long Bytes { get; init; }

    public string? Fingerprint { get; init; }

    public required IReadOnlyList<LedgerPart> Parts { get; init; }

    public required int WindowHours { get; init; }

    public string? Reason { get; init; }

    public required DateTime LoadedAt { get; init; }
}

internal sealed record LedgerPart(string Name, long Bytes, string Sha256);
