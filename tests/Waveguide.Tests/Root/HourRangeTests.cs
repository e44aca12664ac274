using FsCheck;
using FsCheck.Fluent;

namespace Waveguide.Tests.Root;

public sealed class HourRangeTests
{
    private static readonly UploadHour Start = UploadHour.Parse("2025-07-09");

    [Fact]
    public void The_end_is_excluded()
    {
        var day = new HourRange(Start, Start.AddHours(24));
        Assert.Equal(24, day.Count);
        Assert.True(day.Contains(Start) && day.Contains(Start.AddHours(23)));
        Assert.False(day.Contains(Start.AddHours(24)));
        Assert.Equal("2025-07-09T00..2025-07-10T00", day.ToString());
    }

    [Fact]
    public void Cuts_fall_on_multiples_of_the_width_after_midnight()
    {
        var range = new HourRange(Start.AddHours(5), Start.AddHours(50));
        var pieces = range.Cut(24).Select(piece => piece.ToString());
        Assert.Equal(
            ["2025-07-09T05..2025-07-10T00", "2025-07-10T00..2025-07-11T00", "2025-07-11T00..2025-07-11T02"],
            pieces
        );
    }

    [Fact]
    public void Pieces_hold_every_hour_once_and_none_is_wider_than_asked() =>
        Prop.ForAll(
                Gen.Choose(0, 100).Two().Zip(Gen.Elements(1, 3, 6, 12, 24)).ToArbitrary(),
                pair =>
                {
                    var ((from, length), width) = pair;
                    var range = new HourRange(Start.AddHours(from), Start.AddHours(from + length));
                    var pieces = range.Cut(width).ToList();
                    return pieces.SelectMany(piece => piece.Hours()).SequenceEqual(range.Hours())
                        && pieces.TrueForAll(piece => piece.Count <= width && piece.Count > 0);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Gathered_hours_are_the_fewest_ranges_that_hold_exactly_them() =>
        Prop.ForAll(
                Gen.Choose(0, 60).ListOf().ToArbitrary(),
                offsets =>
                {
                    var hours = offsets.Select(Start.AddHours).ToList();
                    var ranges = HourRange.Gather(hours);
                    return ranges.SelectMany(range => range.Hours()).SequenceEqual(hours.Distinct().Order())
                        && ranges.Zip(ranges.Skip(1)).All(pair => pair.First.Until < pair.Second.From);
                }
            )
            .QuickCheckThrowOnFailure();
}
