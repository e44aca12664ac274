using Waveguide.Amplitude;
using Waveguide.Amplitude.Tables;

namespace Waveguide.Tests.Amplitude;

/// <summary>What is said of the tables, and what they are kept to.</summary>
public sealed class TableTests
{
    [Fact]
    public void Every_column_has_a_name_of_its_own_and_a_sentence_that_says_what_it_is()
    {
        Assert.All(
            AmplitudeTables.All,
            table => Assert.Distinct(table.Columns.Select(column => column.Name), StringComparer.OrdinalIgnoreCase)
        );
        Assert.All(
            AmplitudeTables.All.SelectMany(table => table.Columns),
            column => Assert.Matches(@"^\S.{5,}\.$", column.Description)
        );
    }

    [Fact]
    public void Keys_and_cursors_are_columns() =>
        Assert.All(
            AmplitudeTables.All,
            table =>
                Assert.Subset(
                    table.Columns.Select(column => column.Name).ToHashSet(),
                    table.PrimaryKey.Append(table.Cursor ?? table.PrimaryKey[0]).ToHashSet()
                )
        );

    [Fact]
    public void The_downloads_of_a_month_are_counted_up_to_the_last_and_no_further()
    {
        var hour = HourRange.Single(UploadHour.Parse("2025-07-12T02"));
        var slice = new Slice("web", CohortMembersTable.Definition, hour);
        var before = CohortQuota.Of(slice with { Held = ["downloads-2025-07-499.json.gz"] });
        before.ThrowIfUsedUp("c1");
        var last = before.Spend();
        Assert.Equal("downloads-2025-07-500.json.gz", last.PartName);
        Assert.Contains("500 of 500 downloads used in 2025-07", last.Sentence(1, 0), StringComparison.Ordinal);
        var failure = Assert.Throws<SourceException>(() => last.ThrowIfUsedUp("c2"));
        Assert.Contains("cohort c2: all 500 downloads that Amplitude allows in 2025-07", failure.Message);
        Assert.Contains("cohort_members.cohorts", failure.Hint);
        Assert.Equal(1, CohortQuota.Of(slice with { Held = ["downloads-2025-06-500.json.gz"] }).Spend().Spent);
    }
}
