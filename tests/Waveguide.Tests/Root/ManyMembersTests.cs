using Waveguide.Simulator;

namespace Waveguide.Tests.Root;

/// <summary>Archives of a form that Amplitude never sent yet, from the request to the warehouse.</summary>
public sealed class ManyMembersTests
{
    private static readonly DateTime Day = new(2025, 7, 9, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(70_000, false)]
    [InlineData(48, true)]
    public async Task Each_of_many_members_lands_in_its_hour(int members, bool wide)
    {
        var data = new MemoryData();
        for (var member = 0; member < members; member++)
        {
            data.Add(Day.AddHours(member % 24), member / 24, Rig.Line($"{member}"));
        }

        await using var rig = await Rig.StartAsync(
            data,
            "2025-07-12T00:00",
            options => options with { Style = new ArchiveStyle { Zip64 = wide } }
        );
        var report = await rig.SyncAsync("2025-07-09", "2025-07-10");
        Assert.Equal(["20250709T00-20250709T23"], rig.Requests);
        Assert.Equal(members, report.Committed.Sum(slice => slice.Hours.Sum(hour => hour.Tally.Rows)));
        Assert.Equal(
            Enumerable.Repeat<object?>((long)members, 4),
            await rig.QueryAsync(
                """
                SELECT unnest([
                    count(*),
                    count(DISTINCT uuid),
                    count(DISTINCT _part),
                    count(*) FILTER (hour(_upload_hour) = uuid::INTEGER % 24)
                ]) FROM amplitude.events
                """
            )
        );
    }
}
