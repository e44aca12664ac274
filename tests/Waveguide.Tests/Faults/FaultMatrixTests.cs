using Waveguide.Simulator;

namespace Waveguide.Tests.Faults;

/// <summary>
/// Every fault of the simulator, in every kind of run, once and for ever. It strikes the third of four days. Afterwards
/// the table holds the truth, or the run names that day, ends with 1, and the ledger shows exactly its hours.
/// </summary>
public sealed class FaultMatrixTests(CalmRun calm) : IClassFixture<CalmRun>
{
    public static TheoryData<string, RunKind, bool> Cases =>
        [
            .. from struck in Struck.All
            from run in Enum.GetValues<RunKind>()
            from forever in new[] { false, true }
            select new TheoryDataRow<string, RunKind, bool>(struck.ToString(), run, forever),
        ];

    [Fact]
    public void No_fault_of_the_simulator_is_left_out() =>
        Assert.Equal(Enum.GetValues<FaultKind>(), Struck.All.Select(struck => struck.Fault).Distinct());

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task After_it_the_table_is_the_truth_or_the_ledger_shows_what_is_missing(
        string fault,
        RunKind run,
        bool forever
    )
    {
        await using var struck = await StruckRun.StartAsync(Struck.Named(fault), run, forever);
        if (forever && Struck.Named(fault).Reason is { } reason)
        {
            await struck.RunAndFailAsync(reason);
            await struck.AssertStruckDayIsAsBeforeAsync(calm);
        }
        else
        {
            await struck.RunAndEndAsync();
            await struck.AssertWholeAsync(calm);
        }
    }

    [Theory]
    [InlineData(FaultKind.LateRows)]
    [InlineData(FaultKind.LateHour)]
    public async Task What_comes_late_is_there_after_the_second_look(FaultKind fault)
    {
        await using var struck = await StruckRun.StartAsync(
            Struck.Named(fault.ToString()),
            RunKind.FirstSync,
            forever: false
        );
        await struck.RunAndEndAsync();
        struck.Age();
        Assert.Contains("replaced by other content", (await struck.RunAndEndAsync()).Out, StringComparison.Ordinal);
        await struck.AssertTruthAsync(calm);
    }
}
