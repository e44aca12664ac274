using System.Text.Json.Nodes;
using Waveguide.Amplitude;
using Waveguide.Diagnostics;

namespace Waveguide.Cli.Configuration.Kinds;

/// <summary>
/// A column of any table, but for <c>ip_address</c>, of which <c>privacy.ip</c> tells, and <c>amplitude_id</c>, by which
/// deletions find what there is of a user.
/// </summary>
/// <param name="onlyText">Whether columns of other types are refused.</param>
internal sealed class ColumnKind(bool onlyText) : SettingKind<string>
{
    private const string Address = "ip_address";
    private const string User = "amplitude_id";

    public override string Name => onlyText ? "text column" : "column";

    public override string Expectation => onlyText ? "a column of texts" : "a column of some table";

    public override JsonObject Schema() => new() { ["type"] = "string" };

    public override bool TryParse(string text, out string value)
    {
        var name = value = text.Trim();
        return name is not (Address or User)
            && Columns().Any(column => column.Name == name && (!onlyText || column.Type == ColumnType.Text));
    }

    public override string Complaint(string text) =>
        text.Trim() switch
        {
            Address => "need not name ip_address, of which privacy.ip says what is kept",
            User => "may not name amplitude_id, by which apply-deletions finds what there is of a user",
            _ => base.Complaint(text),
        };

    public override string? Suggest(string text) =>
        Columns().Any(column => column.Name == text.Trim())
            ? null
            : Suggestion.Nearest(text.Trim(), Columns().Select(column => column.Name).Distinct(StringComparer.Ordinal));

    private static IEnumerable<Column> Columns() => AmplitudeTables.All.SelectMany(table => table.Columns);
}
