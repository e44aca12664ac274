using Waveguide.Simulator;

namespace Waveguide.Tests.Faults;

/// <summary>
/// Every fault of the simulator, in every kind of run, once and for ever. It strikes the third of four days. Afterwards
/// the table holds the truth, or the run names that day and the ledger shows exactly its hours.
/// </summary>
public sealed class FaultMatrixTests
{
    /// <summary>Faults that no patience overcomes; the others change how an answer looks, not what it tells.</summary>
    private static readonly FaultKind[] Lasting =
    [
        FaultKind.Status,
        FaultKind.TextBody,
        FaultKind.EmptyBody,
        FaultKind.EmptyZip,
        FaultKind.Stall,
        FaultKind.CutBody,
        FaultKind.CutBodyChunked,
        FaultKind.Reset,
        FaultKind.BadZipCrc,
        FaultKind.BadGzipCrc,
        FaultKind.TruncatedGzip,
        FaultKind.HostileName,
    ];

    public static TheoryData<FaultKind, RunKind, bool> Cases =>
        [
            .. from fault in Enum.GetValues<FaultKind>()
            from run in Enum.GetValues<RunKind>()
            from forever in new[] { false, true }
            select new TheoryDataRow<FaultKind, RunKind, bool>(fault, run, forever),
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task After_it_the_table_is_the_truth_or_the_ledger_shows_what_is_missing(
        FaultKind fault,
        RunKind run,
        bool forever
    )
    {
        await using var struck = await StruckRun.StartAsync(fault, run, forever);
        var report = await struck.RunAsync();
        if (forever && Lasting.Contains(fault))
        {
            Assert.Equal(
                [StruckRun.StruckDay],
                HourRange.Gather(report.Failed.SelectMany(failed => failed.Slice.Hours.Hours()))
            );
            await struck.AssertStruckDayIsAsBeforeAsync();
            return;
        }

        Assert.Empty(report.Failed);
        await struck.AssertWholeAsync();
    }

    [Theory]
    [InlineData(FaultKind.LateRows)]
    [InlineData(FaultKind.LateHour)]
    public async Task What_comes_late_is_there_after_the_second_look(FaultKind fault)
    {
        await using var struck = await StruckRun.StartAsync(fault, RunKind.FirstSync, forever: false);
        await struck.RunAsync();
        struck.Age();
        Assert.NotEmpty((await struck.RunAsync()).Replaced);
        await struck.AssertTruthAsync();
    }
}
