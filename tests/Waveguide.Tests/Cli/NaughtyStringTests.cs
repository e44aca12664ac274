using System.Globalization;
using System.Text.Json;
using Waveguide.Cli;
using Waveguide.Simulator;

namespace Waveguide.Tests.Cli;

/// <summary>The big list of naughty strings, from the export through the warehouse to what <c>query</c> prints.</summary>
public sealed class NaughtyStringTests : IClassFixture<NaughtyStringTests.Loaded>
{
    private const string List = "naughty-strings/blns.json";

    private const string Sql = """"
        select event_id, event_properties->>'$.p' as "inside, ""p""", event_properties, city
        from amplitude.events order by event_id
        """";

    private readonly Loaded _loaded;

    public NaughtyStringTests(Loaded loaded)
    {
        _loaded = loaded;
        Samples.Find(List);
    }

    [Fact]
    public async Task Naughty_strings_read_back_equal_from_csv()
    {
        var outcome = (await _loaded.Shell.RunAsync(["query", Sql, "--format", "csv"])).Ended(ExitCode.Done);
        var records = CsvText.Read(outcome.Out);
        Assert.Equal(["event_id", "inside, \"p\"", "event_properties", "city"], records[0]);
        Assert.Equal(_loaded.Texts, records.Skip(1).Select(record => record[3]));
        Assert.Equal(_loaded.Texts, records.Skip(1).Select(record => record[1]));
        Assert.Equal(
            _loaded.Texts,
            records.Skip(1).Select(record => Inside(JsonDocument.Parse(record[2]).RootElement))
        );
    }

    [Fact]
    public async Task Naughty_strings_read_back_equal_from_json()
    {
        var outcome = (await _loaded.Shell.RunAsync(["query", Sql, "--json"])).Ended(ExitCode.Done);
        var lines = outcome.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        var rows = lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(_loaded.Texts, rows.Select(row => row.GetProperty("city").GetString()));
        Assert.Equal(_loaded.Texts, rows.Select(row => row.GetProperty("inside, \"p\"").GetString()));
        Assert.Equal(_loaded.Texts, rows.Select(row => Inside(row.GetProperty("event_properties"))));
    }

    /// <summary>What has no form on one line of a terminal is shown by blanks; all else stands as it is.</summary>
    [Fact]
    public async Task Naughty_strings_stay_on_their_line_of_a_table_and_equal_where_they_can_be_shown()
    {
        const string sql = "select event_id, city from amplitude.events order by event_id";
        var outcome = (await _loaded.Shell.RunAsync(["query", sql])).Ended(ExitCode.Done);
        var lines = outcome.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        Assert.Equal(_loaded.Texts.Count, lines.Count);
        var shown = 0;
        foreach (var (text, line) in _loaded.Texts.Zip(lines.Select(line => line[Math.Min(10, line.Length)..])))
        {
            Assert.DoesNotContain(line, char.IsControl);
            if (text.TrimEnd() == text && !text.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029'))
            {
                Assert.Equal(text, line);
                shown++;
            }
        }

        Assert.InRange(shown, _loaded.Texts.Count - 20, _loaded.Texts.Count);
    }

    [Fact]
    public async Task Json_of_several_lines_stays_on_the_line_of_its_row()
    {
        var outcome = await _loaded.Shell.RunAsync(["query", "select '{\"a\":\r\n [1,\n2]}'::json as v", "--json"]);
        Assert.Equal("{\"v\":{\"a\":   [1, 2]}}" + Environment.NewLine, outcome.Ended(ExitCode.Done).Out);
    }

    private static string? Inside(JsonElement properties) => properties.GetProperty("p").GetString();

    /// <summary>A warehouse with an event for each of the strings, and some more that the list lacks.</summary>
    public sealed class Loaded : IAsyncLifetime
    {
        private static readonly DateTime Hour = new(2025, 7, 11, 8, 0, 0, DateTimeKind.Utc);
        private static readonly string[] More =
        [
            "\u0000",
            "a\u0000b",
            "\r",
            "a\r\nb",
            "\u0085",
            "\u2028",
            "\"",
            "\"\"\n,",
        ];

        internal Shell Shell { get; private set; } = null!;

        public IReadOnlyList<string> Texts { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            if (Samples.FindOrNull(List) is not { } list)
            {
                return;
            }

            Texts = [.. JsonSerializer.Deserialize<string[]>(await File.ReadAllBytesAsync(list))!, .. More];
            var rows = Texts.Select(
                (text, number) =>
                {
                    var json = JsonSerializer.Serialize(text);
                    var keys = $"\"city\":{json},\"event_id\":{number},\"event_properties\":{{\"p\":{json}}},";
                    return Shell.Row(number.ToString(CultureInfo.InvariantCulture), Hour, keys);
                }
            );
            Shell = await Shell.StartAsync(new MemoryData().Add(Hour, 1, [.. rows]));
            (await Shell.RunAsync("sync --from 2025-07-11T08 --until 2025-07-11T09 --quiet")).Ended(ExitCode.Done);
        }

        public async ValueTask DisposeAsync()
        {
            if (Shell is not null)
            {
                await Shell.DisposeAsync();
            }
        }
    }
}
