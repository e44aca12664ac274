using System.Text;
using Waveguide.Amplitude;
using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Tests.Scanning;

/// <summary>Holds what landed against the slow model, value by value.</summary>
internal static class Agreement
{
    /// <summary>Lands the lines as one part and compares everything that can be seen of it.</summary>
    /// <param name="lines">None of them blank, none with a newline.</param>
    public static void AssertLands(ScanEngine engine, IReadOnlyList<byte[]> lines)
    {
        using var landing = engine.Land([.. lines.SelectMany(line => line.Append((byte)'\n'))]);
        var expected = lines.Select(SlowModel.Read).ToList();
        var keys = new HashSet<object>();
        var kept = Enumerable
            .Range(0, lines.Count)
            .Where(line => expected[line] is { } row && (row.Values["uuid"] is not { } key || keys.Add(key)))
            .ToList();
        Assert.Equal(
            lines.Where((_, line) => expected[line] is null).Select(Encoding.Latin1.GetString),
            landing.Scan.Content.Rejected.Select(line => Encoding.Latin1.GetString(line.Raw))
        );
        Assert.Equal(kept.Select(line => line + 1L), landing.Rows.Select(row => (long)row[LandedColumns.Line]!));
        foreach (var (line, row) in kept.Zip(landing.Rows))
        {
            AssertRow(expected[line]!, row);
        }

        Assert.Equal(kept.Count(line => expected[line]!.IsRepaired), landing.Tally.Repaired);
        Assert.Equal(expected.Count(row => row is not null) - kept.Count, landing.Tally.Duplicates);
    }

    public static void AssertRow(SlowModel expected, DuckDbRow row)
    {
        foreach (var column in EventsTable.Definition.Columns)
        {
            Assert.Equal((column.Name, expected.Values[column.Name]), (column.Name, row[column.Name]));
        }

        Assert.Equal(expected.Extra, row[LandedColumns.Extra]);
    }
}
