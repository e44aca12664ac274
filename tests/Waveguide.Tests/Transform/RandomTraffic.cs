using System.Globalization;

namespace Waveguide.Tests.Transform;

/// <summary>
/// Events of a few devices and people over two days, with all that makes models hard: sessions that end late, events
/// without a session, two people on a device, uuids that come twice, clocks that are wrong, values that are null.
/// </summary>
internal sealed class RandomTraffic(int seed)
{
    private const int Hours = 30;

    private static readonly DateTime Start = new(2025, 7, 9, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Types =
    [
        "[Amplitude] Page Viewed",
        "[Amplitude] Page Viewed",
        "[Amplitude] Element Clicked",
        "[Amplitude] Element Clicked",
        "[Amplitude] Rage Click",
        "session_start",
        "session_end",
        "search",
    ];

    private static readonly string[] Pages =
    [
        "https://shop.co.uk/",
        "https://shop.co.uk/uk/offers?x=1",
        "https://shop.example/item/12/",
        "https://shop.example/item/13",
        "no url",
    ];

    private static readonly string[] Addresses =
    [
        "10.0.0.1",
        "81.2.69.142",
        "81.2.70.9",
        "2001:db8::7",
        "::ffff:81.2.69.200",
        "no address",
    ];

    private readonly Random _dice = new(seed);
    private int _loads;

    /// <summary>Lands a few hours in any order, each in place of what was there; some come out empty, and some people turn out to be one.</summary>
    public async Task ChangeAsync(Star star)
    {
        for (var hours = _dice.Next(2, 5); hours > 0; hours--)
        {
            var rows = _dice.Next(5) == 0 ? 0 : _dice.Next(1, 25);
            var events = Enumerable.Range(0, rows).Select(_ => (Uuid: $"u{_dice.Next(400)}", Event: Event())).ToList();
            await star.LandAsync(
                _dice.Next(Hours),
                ++_loads,
                [.. events.DistinctBy(row => row.Uuid).Select(row => $"'{row.Uuid}' AS uuid, {row.Event}")]
            );
        }

        if (_dice.Next(3) == 0)
        {
            await star.MergeAsync(Person(), Person());
        }
    }

    private string Event()
    {
        var device = _dice.Next(6);
        var isKnown = _dice.Next(5) == 0;
        var person = Person();
        var begin = Start.AddHours(6 * _dice.Next(4));
        return $$"""
            {{Sometimes(30, Text(One(Types)))}} AS event_type, {{Sometimes(30, Time(begin))}} AS event_time,
            {{Sometimes(30, Text($"d{device}"))}} AS device_id, {{(
                isKnown ? Text($"p{person}") : "NULL"
            )}} AS user_id, {{Sometimes(30, Number(isKnown ? person : 100 + device))}} AS amplitude_id,
            {{Session(begin)}} AS session_id, {{_dice.Next(3)}} AS event_id, {{Sometimes(10, Text(One(Addresses)))}} AS ip_address,
            {{Sometimes(3, "'United Kingdom'")}} AS country, '{{Properties()}}'::JSON AS event_properties
            """;
    }

    private int Person() => _dice.Next(1, 5);

    private string Time(DateTime begin)
    {
        var at = _dice.Next(40) switch
        {
            0 => DateTime.UnixEpoch,
            1 => new DateTime(2099, 12, 31, 23, 59, 59, DateTimeKind.Utc),
            _ => begin.AddMilliseconds(100 * _dice.Next(_dice.Next(3) == 0 ? 40 : 12_000)),
        };
        return $"TIMESTAMP '{at:yyyy-MM-dd HH:mm:ss.fff}'";
    }

    private string Session(DateTime begin) =>
        _dice.Next(8) switch
        {
            0 => "NULL",
            1 => "-1",
            _ => Number(new DateTimeOffset(begin).ToUnixTimeMilliseconds()),
        };

    private string Properties() =>
        _dice.Next(12) == 0
            ? "{}"
            : $$"""
                {"[Amplitude] Page URL": "{{One(
                    Pages
                )}}", "[amplitude] page url": "another", "[Amplitude] Element Tag": "a",
                "[Amplitude] Element Text": "{{One("Menu", "Buy", "5")}}", "[Amplitude] X": {{One(
                    "3",
                    "\"90\"",
                    "null",
                    "[1]"
                )}},
                "[Amplitude] Element Selector": "{{One("nav > a", "main a")}}", "[Amplitude] Click Count": {{_dice.Next(
                    3,
                    9
                )}}}
                """;

    private string One(params ReadOnlySpan<string> texts) => texts[_dice.Next(texts.Length)];

    /// <summary>Null once in so many times.</summary>
    private string Sometimes(int times, string value) => _dice.Next(times) == 0 ? "NULL" : value;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(string text) => $"'{text}'";
}
