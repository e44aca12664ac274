using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Waveguide.Tests.Scanning;

/// <summary>Samples from outside the repository; skipped where they are not at hand.</summary>
public sealed class SampleTests(ScanEngine engine) : IClassFixture<ScanEngine>
{
    [Fact]
    public void A_real_half_day_reads_back_as_its_lines_say()
    {
        using var spool = new Spool();
        using (var archive = ZipFile.OpenRead(Samples.Find("real-export-2025-07-09T00-T11.zip")))
        {
            foreach (var entry in archive.Entries)
            {
                using var bytes = new MemoryStream();
                using var member = entry.Open();
                member.CopyTo(bytes);
                var hour = int.Parse(entry.Name.Split('_', '#')[2], CultureInfo.InvariantCulture);
                spool.AddGzip(hour, bytes.ToArray());
            }
        }

        using var landing = new Landing(engine, spool);
        var expected = spool.Parts.SelectMany(LinesOf).Select(line => SlowModel.Read(line)!).ToList();
        Assert.Equal((457, 457, 0), (expected.Count, landing.Tally.Rows, landing.Tally.Repaired));
        foreach (var (model, row) in expected.Zip(landing.Rows))
        {
            Agreement.AssertRow(model, row);
            Assert.Null(row["_extra"]);
            Assert.Equal(((DateTime)row["server_upload_time"]!).Hour, ((DateTime)row["_upload_hour"]!).Hour);
        }
    }

    [Fact]
    public void Of_the_JSON_test_suite_good_values_are_kept_and_bad_ones_rejected()
    {
        var files = Suite();
        using var landing = engine.Land([.. files.SelectMany(LineAround)]);
        var landed = landing.Rows.ToDictionary(row => (string)row["uuid"]!);
        Assert.Equal(files.Length, landed.Keys.Count(key => key == "beside " + landed[key]["city"]));
        foreach (var file in files.Select(Path.GetFileName))
        {
            Assert.Equal((file, file!.StartsWith('y')), (file, landed.ContainsKey(file)));
        }

        foreach (var file in files.Where(IsGood))
        {
            var value = Encoding.UTF8.GetString(OnOneLine(file)).Trim(' ');
            var row = landed[Path.GetFileName(file)];
            Assert.Equal(value == "null" ? null : value, row["event_properties"]);
            Assert.Equal($"{{\"new\":{value}}}", row["_extra"]);
        }
    }

    [Fact]
    public void Of_the_JSON_test_suite_good_objects_land_as_lines_and_all_else_is_rejected()
    {
        var good = Suite().Where(IsGood).Select(OnOneLine).ToList();
        var objects = good.Where(line => line.AsSpan().TrimStart((byte)' ')[0] == '{').ToList();
        var bad = Suite().Where(file => !IsGood(file)).SelectMany(LinesIn).ToList();
        Agreement.AssertLands(engine, [.. good.Prepend("{}"u8.ToArray()), .. bad]);
        using var landing = engine.Land([.. bad.Concat(objects).SelectMany(line => line.Append((byte)'\n'))]);
        Assert.Equal((objects.Count, bad.Count), (landing.Tally.Rows, landing.Tally.Rejected));
    }

    [Fact]
    public void Naughty_strings_read_back_equal()
    {
        var texts = JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(Samples.Find("naughty-strings/blns.json")))!;
        var relaxed = new JsonSerializerOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        foreach (var options in new[] { JsonSerializerOptions.Default, relaxed })
        {
            string Json(string text) => JsonSerializer.Serialize(text, options);
            using var landing = engine.Land(
                texts.Select(text =>
                    EventLine.Of(("city", Json(text)), ("event_properties", $"{{\"p\":{Json(text)}}}"))
                )
            );
            Assert.Equal(texts, landing.Rows.Select(row => row["city"]));
            Assert.Equal(
                texts.Select(text => $"{{\"p\":{Json(text)}}}"),
                landing.Rows.Select(row => row["event_properties"])
            );
            var extracted = landing.Query("SELECT event_properties->>'$.p' FROM landed ORDER BY _line");
            Assert.Equal(texts, extracted.Select(row => row[0]));
        }
    }

    /// <summary>A line with the file as the value of two keys, and a good one beside it.</summary>
    private static byte[] LineAround(string file)
    {
        var name = Path.GetFileName(file);
        var value = IsGood(file) ? OnOneLine(file) : File.ReadAllBytes(file);
        return
        [
            .. Encoding.UTF8.GetBytes($"{{\"uuid\":\"{name}\",\"event_properties\":"),
            .. value,
            .. ",\"new\":"u8,
            .. value,
            .. "}\n"u8,
            .. Encoding.UTF8.GetBytes(EventLine.With(("uuid", $"\"beside {name}\""), ("city", $"\"{name}\""))),
            (byte)'\n',
        ];
    }

    private static bool IsGood(string file) => Path.GetFileName(file).StartsWith('y');

    internal static string[] Suite() => Directory.GetFiles(Samples.Find("json-test-suite"), "*.json");

    /// <summary>Newlines of good files are white space between values, where a blank means the same.</summary>
    private static byte[] OnOneLine(string file) =>
        [.. File.ReadAllBytes(file).Select(letter => letter is (byte)'\n' or (byte)'\r' ? (byte)' ' : letter)];

    private static IEnumerable<byte[]> LinesIn(string file) =>
        Encoding
            .Latin1.GetString(File.ReadAllBytes(file))
            .Split('\n')
            .Where(line => line.Trim(' ', '\t', '\r').Length > 0)
            .Select(Encoding.Latin1.GetBytes);

    private static IEnumerable<byte[]> LinesOf(FetchedPart part)
    {
        using var gzip = new GZipStream(File.OpenRead(part.Path), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes),
        ];
    }
}
