using System.Globalization;

namespace Waveguide.Cli.Output;

/// <summary>A verification in sentences and columns.</summary>
internal sealed class VerifyText(CliHost host) : IVerifyView
{
    private static readonly HashSet<int> Numbers = [1, 2, 3, 4];

    public void Begin(Standing standing, HourChoice choice)
    {
        var hours = Figures.Count(choice.Hours.Count, "hour");
        host.Note(
            choice.Seed is { } seed
                ? $"{standing.Label}  {hours} of {choice.Loaded:N0} loaded, drawn with --seed {seed}, are exported again."
                : $"{standing.Label}  {hours} are exported again."
        );
        if (choice is { Seed: null, NotLoaded: > 0 })
        {
            host.Note(
                $"{standing.Label}  {Figures.Count(choice.NotLoaded, "hour")} not loaded: left out (waveguide gaps)."
            );
        }
    }

    public void End(Standing standing, HourChoice choice, Verdict verdict)
    {
        if (verdict.Differences.Count > 0)
        {
            TextTable.Write(
                host.Out,
                ["day", "missing", "extra", "altered", "event type"],
                verdict.Differences.Select(one =>
                    (string[])[Day(one.Day), Number(one.Missing), Number(one.Extra), Number(one.Altered), one.EventType]
                ),
                new HashSet<int> { 1, 2, 3 }
            );
            host.Out.WriteLine();
        }

        WriteTotals(verdict);
        host.Out.WriteLine(Prose.Wrap(Sentence(standing, choice, verdict), indent: 0));
    }

    private void WriteTotals(Verdict verdict)
    {
        if (verdict.Refusal is { } refusal)
        {
            host.Note($"Amplitude gives no daily totals to compare with: {refusal}");
        }

        if (verdict.Totals.Count == 0)
        {
            return;
        }

        TextTable.Write(
            host.Out,
            ["day", "loaded", "dashboard", "difference"],
            verdict.Totals.Select(one =>
                (string[])[Day(one.Day), Number(one.Rows), Number(one.Dashboard), Number(one.Rows - one.Dashboard)]
            ),
            Numbers
        );
        const string Notice =
            "Days of event time, which Amplitude counts in the project's time zone and here are UTC; events that came "
            + "late or are hidden there differ too. This comparison is for orientation and decides nothing.";
        host.Out.WriteLine(Prose.Wrap(Notice, indent: 0));
        host.Out.WriteLine();
    }

    private static string Sentence(Standing standing, HourChoice choice, Verdict verdict)
    {
        var compared = $"{Figures.Count(verdict.Rows, "row")} of {Figures.Count(choice.Hours.Count, "hour")} compared";
        if (verdict.Differences.Count == 0)
        {
            return choice.Hours.Count == 0
                ? $"{standing.Label}: no loaded hours to compare."
                : $"{standing.Label}: {compared}, no differences.";
        }

        var (from, until) = (verdict.Differences.Min(one => one.Day), verdict.Differences.Max(one => one.Day));
        return $"{standing.Label}: {compared}, {Sum(verdict)}. To load what Amplitude exports now: waveguide backfill "
            + $"--from {Day(from)} --until {Day(until.AddDays(1))} --again";
    }

    private static string Sum(Verdict verdict) =>
        $"{Number(verdict.Differences.Sum(one => one.Missing))} missing, "
        + $"{Number(verdict.Differences.Sum(one => one.Extra))} extra, "
        + $"{Number(verdict.Differences.Sum(one => one.Altered))} altered";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
