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

    /// <summary>Lands a few hours in any order, each in place of what was there; some come out empty.</summary>
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
    }

    /// <summary>Changes some of what is known beside events, after the models were built at least once.</summary>
    public async Task LearnAsync(Star star)
    {
        var properties = $"{{\"first_used\": \"{One("2025-01-02", "2025-03-04")}\"}}";
        string[] facts =
        [
            $"""
                DELETE FROM waveguide.network_ranges;
                INSERT INTO waveguide.network_ranges BY NAME
                SELECT *, 'made' AS dataset, DATE '2025-06-{_dice.Next(10, 30)}' AS dataset_date FROM (VALUES
                    ('41359103232', '41359103487', 1, '{One("Example Bank", "Cable Broadband", "Some One")}'),
                    ('620010db8{new string('0', 24)}', '620010db8{new string('f', 24)}', 2, 'University of Example')
                ) AS ranges(first_key, last_key, asn, organisation)
                """,
            $"""
                DELETE FROM waveguide.network_rules;
                INSERT INTO waveguide.network_rules
                VALUES ('41359103488', '41359103743', '{One("Acme", "Emca")}', {Sometimes(2, "'hosting'")})
                """,
            $"""
                DELETE FROM waveguide.name_rules;
                INSERT INTO waveguide.name_rules VALUES ('%bank%', '{One("The Bank", "A Bank")}', 'business', 1)
                """,
            $"""
                INSERT INTO amplitude.user_profiles BY NAME
                SELECT 'p{Person()}' AS user_id, '{properties}'::JSON AS amp_props,
                    'web' AS _project, TIMESTAMP '2025-07-10' + INTERVAL {++_loads} SECOND AS _loaded_at
                """,
            $"""
                DELETE FROM amplitude.events_list;
                INSERT INTO amplitude.events_list BY NAME SELECT '{One(
                    Types
                )}' AS value, 'Shown' AS display, 5 AS id, true AS waitroom_approved,
                    'web' AS _project, TIMESTAMP '2025-07-10' AS _loaded_at
                """,
            $"INSERT INTO amplitude.cohort_members BY NAME SELECT 'c' AS cohort_id, {Person()} AS amplitude_id, 'web' AS _project",
            $"INSERT INTO amplitude.merged_ids BY NAME SELECT {Person()} AS amplitude_id, {Person()} AS merged_amplitude_id",
        ];
        foreach (var fact in facts.Where(_ => _dice.Next(2) == 0).SelectMany(fact => fact.Split(';')))
        {
            await star.ExecuteAsync(fact);
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

    private string Properties()
    {
        (string Key, string Value)[] values =
        [
            ("[Amplitude] X", One("3", "\"90\"", "null", "[1]")),
            ("[Amplitude] Page URL", $"\"{One(Pages)}\""),
            ("[amplitude] page url", "\"another\""),
            ("[Amplitude] Click Count", Number(_dice.Next(3, 9))),
            ("[Amplitude] Element Tag", "\"a\""),
            ("[Amplitude] Element Text", $"\"{One("Menu", "Buy", "5")}\""),
            ("[Amplitude] Element Selector", $"\"{One("nav > a", "main a")}\""),
        ];
        var shown = values.Skip(_dice.Next(10) == 0 ? _dice.Next(values.Length) : 0);
        return $"{{{string.Join(", ", shown.Select(pair => $"\"{pair.Key}\": {pair.Value}"))}}}";
    }

    private string One(params ReadOnlySpan<string> texts) => texts[_dice.Next(texts.Length)];

    /// <summary>Null once in so many times.</summary>
    private string Sometimes(int times, string value) => _dice.Next(times) == 0 ? "NULL" : value;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(string text) => $"'{text}'";
}
