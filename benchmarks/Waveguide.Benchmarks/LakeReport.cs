using System.Diagnostics;
using System.Globalization;
using System.Text;
using Waveguide.LiveTests.S3;

namespace Waveguide.Benchmarks;

/// <summary>A slice into a bucket as <c>json.gz</c>, beside the same bytes copied by the SDK alone, in turns in one run.</summary>
internal sealed class LakeReport(Published works)
{
    private const string Copy = "the same bytes by the AWS SDK alone, four files at once";
    private const string Load = "slice to committed hours, the slice proven and counted before";
    private const string Whole = "zip as it came to committed hours: the proof, which counts, and the load";
    private const double Line = 50e6;
    private const double Aim = 1.3;

    public async Task<string> WriteAsync(int rounds)
    {
        var text = new StringBuilder("# A slice into a bucket\n\n");
        using (var day = await Day.MakeAsync(2_400))
        await using (var ceph = await StartAsync())
        {
            await AppendAsync(text, day, ceph.Address, rounds, "over loopback");
            await using var line = new SlowLine(ceph.Address, Line);
            await AppendAsync(text, day, line.Address, rounds, $"over a line of {Line / 1e6:0} MB a second");
        }

        using (var large = await Day.MakeAsync(11_000))
        await using (var ceph = await StartAsync())
        {
            var load = await Measured.RunAsync(Call(large, ceph.Address, "load"));
            text.Append(
                CultureInfo.InvariantCulture,
                $"A zip of {Megabytes(large)} MB with {large.Events:N0} events in one slice: {Seconds(load)[1]:0.0} seconds with its proof, {load.PeakBytes / 1e6:N0} MB of memory at most.\n\n"
            );
        }

        return text.Append(
                CultureInfo.InvariantCulture,
                $"""
                {Report.Machine()}
                Server: Ceph radosgw 16 in memory, as the tests start it, on the same cores; plain http, so that every byte is
                signed. Seconds are of the work alone: the copied files lie unpacked on disk before, the slice proven, as a
                fetch leaves it. Processor and memory are of the whole process, with its start, and of a load always with the
                proof of the zip: inflating each part and reading all its JSON, to count rows, repeats and lines put aside. In
                a run that work is done for the next slices while one is put.

                    dotnet run --project benchmarks/Waveguide.Benchmarks -c Release -- lake

                """
            )
            .ToString();
    }

    private async Task AppendAsync(StringBuilder text, Day day, Uri address, int rounds, string how)
    {
        var copies = new List<Measured>();
        var loads = new List<Measured>();
        for (var round = 0; round < rounds; round++)
        {
            copies.Add(await Measured.RunAsync(Call(day, address, "copy")));
            loads.Add(await Measured.RunAsync(Call(day, address, "load")));
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"{day.Events:N0} events, {Megabytes(day)} MB zip, {how}; median of {rounds}, in turns.\n\n"
        );
        text.Append("| | seconds | beside the SDK | processor seconds | peak memory |\n|---|---|---|---|---|\n");
        text.Append(Row(Copy, copies, 0, copies)).Append(Row(Load, loads, 0, copies));
        text.Append(Row(Whole, loads, 1, copies));
        var reached = Median(loads, 0) <= Aim * Median(copies, 0) ? "reached" : "not reached";
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nThe aim, slice to committed hours in at most {Aim} x, is {reached}.\n\n"
        );
    }

    /// <param name="which">Of the seconds that the work tells.</param>
    private static string Row(string name, List<Measured> measured, int which, List<Measured> beside) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Median(measured, which):0.00} | {Median(measured, which) / Median(beside, 0):0.00} x | {measured.Min(one => one.Processor.TotalSeconds):0.0} | {measured.Max(one => one.PeakBytes) / 1e6:N0} MB |\n"
        );

    private static double Median(List<Measured> measured, int which) =>
        measured.Select(one => Seconds(one)[which]).Order().ElementAt(measured.Count / 2);

    private static List<double> Seconds(Measured measured) =>
        [
            .. measured
                .Output.Split()
                .Where(word => word.Length > 0)
                .Select(word => double.Parse(word, CultureInfo.InvariantCulture)),
        ];

    private static string Megabytes(Day day) =>
        (new FileInfo(day.Archive).Length / 1e6).ToString("N0", CultureInfo.InvariantCulture);

    private ProcessStartInfo Call(Day day, Uri address, string how) =>
        works.Call(day.Folder, "lake-work", how, day.Archive, day.Folder, $"{address}");

    private static async Task<Ceph> StartAsync() =>
        await Ceph.StartAsync()
        ?? throw new InvalidOperationException(
            "Ceph is not on this machine (apt-get install radosgw ceph-mon ceph-osd)."
        );
}
