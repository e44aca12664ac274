using System.Diagnostics;
using System.Globalization;
using System.Text;
using Waveguide.LiveTests.S3;

namespace Waveguide.Benchmarks;

/// <summary>A slice into a bucket as <c>json.gz</c>, beside the same bytes copied by the SDK alone, in turns in one run.</summary>
internal sealed class LakeReport(Published works)
{
    private const string Copy = "the same bytes by the AWS SDK alone, four files at once";
    private const string Load = "slice to committed hours, every row proven and counted";
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
                $"A zip of {Megabytes(large)} MB with {large.Events:N0} events in one slice: {Seconds(load):0.0} seconds, {load.PeakBytes / 1e6:N0} MB of memory at most.\n\n"
            );
        }

        return text.Append(
                CultureInfo.InvariantCulture,
                $"""
                {Report.Machine()}
                Server: Ceph radosgw 16 in memory, as the tests start it, on the same cores; plain http, so that every byte is
                signed. Seconds are of the work alone: the slice lies proven on disk before, the copied files unpacked. Processor
                and memory are of the whole process, with its start, and of the load with the proof of the zip.

                Over loopback nothing but the two cores limits either, and the server shares them: inflating each part and
                reading all its JSON, to count rows, repeats and lines put aside, cannot hide. Over a line it hides behind the
                upload.

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
        text.Append(Row(Copy, copies, copies)).Append(Row(Load, loads, copies));
        var reached = Median(loads) <= Aim * Median(copies) ? "reached" : "not reached";
        text.Append(CultureInfo.InvariantCulture, $"\nThe aim, at most {Aim} x, is {reached}.\n\n");
    }

    private static string Row(string name, List<Measured> measured, List<Measured> beside) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Median(measured):0.00} | {Median(measured) / Median(beside):0.00} x | {measured.Min(one => one.Processor.TotalSeconds):0.0} | {measured.Max(one => one.PeakBytes) / 1e6:N0} MB |\n"
        );

    private static double Median(List<Measured> measured) =>
        measured.Select(Seconds).Order().ElementAt(measured.Count / 2);

    private static double Seconds(Measured measured) => double.Parse(measured.Output, CultureInfo.InvariantCulture);

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
