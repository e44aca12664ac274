using System.Globalization;
using System.Text.Json.Serialization;

namespace Waveguide.Destinations.Lake;

/// <summary>
/// What one object of the ledger answers for, and so what can be committed at once: a UTC day of an hourly table, or the
/// whole of any other table.
/// </summary>
/// <param name="Group"><c>2025-07-09</c>, or <c>all</c>.</param>
internal sealed record LakeScope(string Project, string Table, string Group)
{
    /// <summary>Under this the ledger of all tables is.</summary>
    public const string Ledger = "_waveguide/ledger/";

    /// <summary>Under this every scope is marked that somebody is writing.</summary>
    public const string Marks = "_waveguide/writing/";

    private const string Whole = "all";

    private string Name => $"{Escape(Table)}/{Escape(Project)}/{Group}";

    /// <summary>The object of the ledger.</summary>
    [JsonIgnore]
    public string Manifest => $"{Ledger}{Name}.jsonl";

    /// <summary>The object that is there while somebody writes.</summary>
    [JsonIgnore]
    public string Mark => $"{Marks}{Name}.json";

    [JsonIgnore]
    public string Quarantine => $"_waveguide/quarantine/{Name}/";

    /// <summary>Under this the rows are, with those of other projects.</summary>
    [JsonIgnore]
    public string Rows => Group == Whole ? $"amplitude/{Escape(Table)}/" : $"amplitude/{Escape(Table)}/date={Group}/";

    /// <summary>How the names of this project's files begin.</summary>
    [JsonIgnore]
    public string FileStart => FileStartOf(Project);

    public static LakeScope Of(string project, Table table, UploadHour hour) =>
        new(project, table.Name, table.Kind == TableKind.Hourly ? Day(hour) : Whole);

    /// <summary>Whether the object under this key is a file of the project.</summary>
    public static bool IsOf(string project, string key) =>
        key[(key.LastIndexOf('/') + 1)..].StartsWith(FileStartOf(project), StringComparison.Ordinal);

    private static string FileStartOf(string project) => $"{Escape(project)}.";

    /// <summary>Under this the ledger of one table of a project is.</summary>
    public static string LedgerOf(string project, Table table) => $"{Ledger}{Escape(table.Name)}/{Escape(project)}/";

    /// <summary>The folder of an hour; a snapshot has one for all.</summary>
    public static string Folder(Table table, UploadHour hour) =>
        table.Kind == TableKind.Snapshot
            ? $"amplitude/{Escape(table.Name)}/"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"amplitude/{Escape(table.Name)}/date={Day(hour)}/hour={hour.Start:HH}/"
            );

    public static string Day(UploadHour hour) => hour.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A name as one step of a key, without a dot.</summary>
    private static string Escape(string name) =>
        Uri.EscapeDataString(name).Replace(".", "%2E", StringComparison.Ordinal);
}
