using System.Text;
using Waveguide.DuckDb;
using Waveguide.Scanning;
using Waveguide.Tests.Scanning;

namespace Waveguide.Tests.Fuzz;

/// <summary>
/// Parts of lines by grammar and of damaged lines, cut and compressed at random. Every line has to land, be put aside
/// or be a repetition, exactly as the slow model says, and those of a sound part beside them all land.
/// </summary>
internal sealed class ScanRound(ScanEngine engine, Random dice, Pool pool)
{
    private const int Cases = 8;
    private const int SoundLines = 5;

    private readonly LineGrammar _grammar = new(dice);

    /// <returns>How many lines were read.</returns>
    public int Run()
    {
        var lines = 0;
        for (var left = Cases; left > 0; left--)
        {
            lines += Case();
        }

        return lines;
    }

    private int Case()
    {
        using var spool = new Spool();
        var expected = new Expected();
        foreach (var hour in Enumerable.Range(0, dice.Next(1, 4)).Select(_ => dice.Next(2)).Order().ToList())
        {
            Add(spool, expected, hour, Text([.. Enumerable.Range(0, dice.Next(1, 40)).Select(_ => Line())]));
        }

        var sound = Enumerable.Range(0, SoundLines).Select(EventLine.Numbered).Select(Encoding.UTF8.GetBytes).ToList();
        Add(spool, expected, hour: 2, [.. sound.SelectMany(line => line.Append((byte)'\n'))]);
        using var landing = new Landing(engine, spool);
        expected.AssertLanded(landing);
        Assert.Equal(SoundLines, landing.Rows.Count(row => (string)row[LandedColumns.Part]! == spool.Parts[^1].Name));
        return expected.Lines;
    }

    private void Add(Spool spool, Expected expected, int hour, byte[] json)
    {
        var cut = dice.Next(json.Length + 1);
        spool.AddGzip(
            hour,
            dice.Next(3) == 0 ? [.. Spool.Gzip(json.AsSpan(0, cut)), .. Spool.Gzip(json.AsSpan(cut))] : Spool.Gzip(json)
        );
        expected.Add(spool.Parts[^1], json);
    }

    private byte[] Line()
    {
        var fresh = dice.Next(3) == 0 || pool.IsEmpty ? _grammar.Line() : pool.Draw(dice);
        byte[] line = dice.Next(3) == 0 || fresh.Length == 0 ? fresh : [.. Damage.Of(fresh, dice)];
        pool.Offer(line, LineFeatures.Of(line));
        return line;
    }

    /// <summary>The lines, ended in this way or that, with or without a mark before and an end behind them.</summary>
    private byte[] Text(IReadOnlyList<byte[]> lines)
    {
        var text = new List<byte>(dice.Next(8) == 0 ? "\uFEFF"u8.ToArray() : []);
        foreach (var line in lines)
        {
            text.AddRange(line);
            text.AddRange(
                dice.Next(8) switch
                {
                    0 => "\r\n"u8,
                    1 => "\n \t\r\n\n"u8,
                    _ => "\n"u8,
                }
            );
        }

        if (dice.Next(2) == 0)
        {
            text.RemoveAt(text.Count - 1);
        }

        return [.. text];
    }

    /// <summary>What a plain reader makes of the parts.</summary>
    private sealed class Expected
    {
        private readonly List<(FetchedPart Part, long Line, byte[] Raw, SlowModel? Row)> _lines = [];
        private long _bytes;

        public int Lines => _lines.Count;

        public void Add(FetchedPart part, byte[] json)
        {
            _bytes += json.Length;
            var number = 0;
            for (var at = 0; at < json.Length; )
            {
                var length = json.AsSpan(at).IndexOf((byte)'\n');
                var line = length < 0 ? json[at..] : json[at..(at + length)];
                at += line.Length + 1;
                number++;
                line = number == 1 && line.AsSpan().StartsWith("\uFEFF"u8) ? line[3..] : line;
                if (line.AsSpan().ContainsAnyExcept(" \t\r"u8))
                {
                    _lines.Add((part, number, line, SlowModel.Read(line)));
                }
            }
        }

        public void AssertLanded(Landing landing)
        {
            var keys = new HashSet<(UploadHour, object)>();
            var objects = _lines.Where(line => line.Row is not null).ToList();
            var kept = objects
                .Where(line => line.Row!.Values["uuid"] is not { } key || keys.Add((line.Part.Hour, key)))
                .ToList();
            Assert.Equal(
                _lines
                    .Where(line => line.Row is null)
                    .Select(line => (line.Part.Name, line.Line, Encoding.Latin1.GetString(line.Raw)))
                    .Order(),
                landing
                    .Scan.Content.Rejected.Select(line => (line.Part, line.Line, Encoding.Latin1.GetString(line.Raw)))
                    .Order()
            );
            Assert.Equal(kept.Select(line => (line.Part.Name, line.Line)), landing.Rows.Select(Place));
            foreach (var (line, row) in kept.Zip(landing.Rows))
            {
                Agreement.AssertRow(line.Row!, row);
            }

            var tally = new HourTally(
                kept.Count,
                _lines.Count - objects.Count,
                kept.Count(line => line.Row!.IsRepaired),
                objects.Count - kept.Count,
                _bytes
            );
            Assert.Equal(tally, landing.Tally);
        }

        private static (string, long) Place(DuckDbRow row) =>
            ((string)row[LandedColumns.Part]!, (long)row[LandedColumns.Line]!);
    }
}
