using Waveguide.Cli;
using Waveguide.Tests.Cli;
using Waveguide.Transform.Project;

namespace Waveguide.Tests.Transform;

/// <summary>Every threshold, rule and name of the models can be another in <c>waveguide.yml</c>, and the answers change by it.</summary>
public sealed class VariableTests
{
    /// <summary>Where landed tables lie is no choice of <c>waveguide transform</c>; the key and its function are no plain variables.</summary>
    private const string NotForTheFile = "amplitude_schema waveguide_schema privacy_ip_key privacy_ip_function";

    private static readonly Dictionary<string, string> Others = new()
    {
        ["session_idle_minutes"] = "10",
        ["session_max_hours"] = "1",
        ["first_plausible_date"] = "2020-01-01",
        ["clock_tolerance_hours"] = "1",
        ["page_rule_1"] = "/a[0-9]/",
        ["page_rule_1_by"] = "/A/",
        ["page_rule_2"] = "/b[0-9]/",
        ["page_rule_2_by"] = "/B/",
        ["page_rule_3"] = "/c[0-9]$",
        ["page_rule_3_by"] = "/C",
        ["page_rule_4"] = "/d[0-9]",
        ["page_rule_4_by"] = "/D",
        ["page_rule_5"] = "/e[0-9]",
        ["page_rule_5_by"] = "/E",
        ["site_1"] = "Britain",
        ["site_1_host"] = "^one[.]",
        ["site_1_path"] = "^/first",
        ["site_2"] = "Two",
        ["site_2_host"] = "^two[.]",
        ["site_2_path"] = "^/second",
        ["site_3"] = "Three",
        ["site_3_host"] = "^three[.]",
        ["site_3_path"] = "^/third",
        ["site_4"] = "Four",
        ["site_4_host"] = "^four[.]",
        ["site_4_path"] = "^/fourth",
        ["click_event"] = "Clicked",
        ["rage_event"] = "Raged",
        ["page_event"] = "Viewed",
        ["search_pattern"] = "looked",
        ["rage_clicks"] = "3",
        ["rage_milliseconds"] = "2000",
        ["rage_pixels"] = "100",
        ["repeat_clicks"] = "2",
        ["repeat_seconds"] = "60",
        ["menu_name"] = "top",
        ["menu_hierarchy"] = "qq",
        ["menu_selector"] = "(nav|qq)",
        ["menu_class"] = "qq",
        ["menu_id"] = "qq",
        ["menu_href"] = "qq",
        ["menu_text"] = "qq",
        ["quick_back_seconds"] = "30",
        ["content_seconds"] = "5",
        ["menu_min_sessions"] = "1",
        ["journey_steps"] = "2",
        ["journey_edges_per_step"] = "1",
        ["retention_weeks"] = "1",
        ["funnel_hours"] = "1",
        ["funnel_1_event"] = "f1",
        ["funnel_1_page"] = "^/p1",
        ["funnel_2_event"] = "f2",
        ["funnel_2_page"] = "^/p2",
        ["funnel_3_event"] = "f3",
        ["funnel_3_page"] = "^/p3",
        ["funnel_4_event"] = "f4",
        ["funnel_4_page"] = "^/p4",
        ["privacy_ip"] = "drop",
        ["network_proxy"] = "qqa",
        ["network_hosting"] = "qqb",
        ["network_education"] = "qqc",
        ["network_government"] = "qqd",
        ["network_isp"] = "qqe",
        ["network_business"] = "qqf",
    };

    /// <summary>Which variables a query tells of, and what it finds with their defaults and with the others.</summary>
    private static readonly (string Prefixes, string Sql, string Before, string After)[] Effects =
    [
        ("session_idle_minutes", "SELECT count(*) FROM fct_sessions WHERE device_id = 'server'", "1", "2"),
        ("session_max_hours", "SELECT is_overlong FROM fct_sessions WHERE device_id = 'long'", "False", "True"),
        ("first_plausible", "SELECT is_clock_suspect FROM fct_sessions WHERE device_id = 'old'", "False", "True"),
        ("clock_tolerance", "SELECT is_clock_suspect FROM fct_sessions WHERE device_id = 'fast'", "False", "True"),
        (
            "page_rule_",
            "SELECT page_clean_path FROM stg_events WHERE device_id = 'rules'",
            "/a1/b1/d1/e1/c1",
            "/A/B/D/E/C"
        ),
        (
            "site_",
            "SELECT string_agg(site, ' ' ORDER BY event_at) FROM stg_events WHERE device_id LIKE 'site%'",
            "one.example two.example three.example four.example shop.example shop.example shop.example shop.example",
            "Britain Two Three Four Britain Two Three Four"
        ),
        (
            "click_event rage_event page_event search_pattern",
            "SELECT string_agg(kind, ', ' ORDER BY kind) FROM dim_event_types WHERE event_type NOT LIKE 'f%' AND event_type <> 'view'",
            "click, click, page view, search",
            "click, click, page view, search"
        ),
        ("rage_clicks", Bursts("rage_clicks"), "repeated 3", "rage 3"),
        ("rage_milliseconds", Bursts("rage_milliseconds"), "repeated 4", "rage 4"),
        ("rage_pixels", Bursts("rage_pixels"), "repeated 4", "rage 4"),
        ("repeat_clicks", Bursts("repeat_clicks"), "", "repeated 2"),
        ("repeat_seconds", Bursts("repeat_seconds"), "", "repeated 3"),
        ("menu_name", "SELECT DISTINCT menu FROM menu_comparison", "main menu", "top"),
        (
            "menu_hierarchy menu_selector menu_class menu_id menu_href menu_text",
            "SELECT count(*) FILTER (is_on_menu) || ' of ' || count(*) FROM fct_clicks WHERE event_key LIKE 'menu%'",
            "0 of 6",
            "6 of 6"
        ),
        ("quick_back_seconds", MenuOf("quick", "has_quick_back"), "False", "True"),
        ("content_seconds", MenuOf("content", "has_content"), "False", "True"),
        (
            "menu_min_sessions",
            "SELECT bool_or(evidence = 'too few sessions') FROM menu_comparison WHERE measure = 'quick_back'",
            "True",
            "False"
        ),
        ("journey_steps", "SELECT max(step) FROM journey_edges", "4", "2"),
        ("journey_edges_per_step", "SELECT count(*) > 0 FROM journey_edges WHERE to_page = '(other)'", "False", "True"),
        (
            "retention_weeks",
            "SELECT max(weeks_later) FROM retention_weekly WHERE first_week = DATE '2025-06-02'",
            "5",
            "0"
        ),
        (
            "funnel_",
            "SELECT string_agg(event_type || page || ' ' || users, ', ' ORDER BY step) FROM funnel",
            "[Amplitude] Page Viewed 9, [Amplitude] Element Clicked 2, [Amplitude] Page Viewed 2",
            "f1^/p1 2, f2^/p2 2, f3^/p3 2, f4^/p4 1"
        ),
        ("privacy_ip", "SELECT count(ip_address) FROM stg_events", "6", "0"),
        (
            "network_",
            "SELECT string_agg(network_class, ' ' ORDER BY organisation) FROM dim_addresses",
            "unknown unknown unknown unknown unknown unknown",
            "proxy hosting education government isp business"
        ),
    ];

    [Fact]
    public async Task Each_may_be_another_in_the_file_and_is_seen_in_an_answer()
    {
        var all = ModelProject.Read(ProjectFiles.Read(null)).Variables.Keys.Except(NotForTheFile.Split(' ')).ToList();
        Assert.Equal(all.Order(StringComparer.Ordinal), Others.Keys.Order(StringComparer.Ordinal));
        Assert.All(all, name => Assert.Contains(Effects, effect => Tells(effect.Prefixes, name)));

        await using var shell = await Shell.StartAsync();
        using var star = new Star(shell.Warehouse);
        await star.LandAsync(0, 1, [.. Rows()]);
        (await shell.RunAsync("transform --quiet")).Ended(ExitCode.Done);
        var ranges = "abcdef".Select(
            (letter, at) => $"('4{16_777_226 + at:0000000000}', '4{16_777_226 + at:0000000000}', 'qq{letter}')"
        );
        await star.ExecuteAsync(
            $"""
            INSERT INTO waveguide.network_ranges BY NAME FROM (VALUES {string.Join(
                ", ",
                ranges
            )}) AS ranges(first_key, last_key, organisation)
            """
        );
        (await shell.RunAsync("transform --quiet")).Ended(ExitCode.Done);
        await SeeAsync(star, effect => effect.Before);

        (string Was, string Is)[] names =
        [
            ("[Amplitude] Element Clicked", "Clicked"),
            ("[Amplitude] Rage Click", "Raged"),
            ("[Amplitude] Page Viewed", "Viewed"),
            ("'search'", "'looked'"),
        ];
        await star.LandAsync(
            0,
            2,
            [
                .. Rows()
                    .Select(row =>
                        names.Aggregate(row, (text, name) => text.Replace(name.Was, name.Is, StringComparison.Ordinal))
                    ),
            ]
        );
        var lines = Others.Select(pair =>
            $"    {pair.Key}: {(int.TryParse(pair.Value, out _) ? pair.Value : $"'{pair.Value}'")}"
        );
        shell.WithFile("waveguide.yml", $"transform:\n  vars:\n{string.Join('\n', lines)}\n");
        (await shell.RunAsync("transform --quiet")).Ended(ExitCode.Done);
        await SeeAsync(star, effect => effect.After);
    }

    private static async Task SeeAsync(
        Star star,
        Func<(string Prefixes, string Sql, string Before, string After), string> expected
    )
    {
        var seen = new List<string>();
        foreach (var effect in Effects)
        {
            var sql = effect.Sql.Replace("FROM ", "FROM analytics.", StringComparison.Ordinal);
            seen.Add($"{effect.Prefixes}: {string.Join('|', await star.QueryAsync(sql))}");
        }

        Assert.Equal(Effects.Select(effect => $"{effect.Prefixes}: {expected(effect)}"), seen);
    }

    private static bool Tells(string prefixes, string name) =>
        prefixes.Split(' ').Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static string Bursts(string device) =>
        $"SELECT kind || ' ' || clicks FROM click_bursts WHERE split_part(session_group, '|', 2) = '{device}'";

    private static string MenuOf(string device, string sign) =>
        $"SELECT {sign} FROM menu_sessions WHERE split_part(session_group, '|', 2) = '{device}'";

    private static IEnumerable<string> Rows() =>
        [
            .. new Visit("server", -1).Rows("0 view, 1200 view"),
            .. new Visit("long").Rows("0 view, 7200 view"),
            "'old' AS uuid, 'old' AS device_id, 1 AS session_id, 'view' AS event_type, TIMESTAMP '2015-07-09' AS event_time",
            "'fast' AS uuid, 'fast' AS device_id, 1 AS session_id, 'view' AS event_type, TIMESTAMP '2025-07-09 02:00:00' AS event_time, TIMESTAMP '2025-07-09' AS server_upload_time",
            .. new Visit("rules").Rows("0 /a1/b1/d1/e1/c1"),
            .. new[] { "one", "two", "three", "four" }.SelectMany(
                (host, at) => new Visit($"site{at}") { Host = $"{host}.example" }.Rows($"{at} /")
            ),
            .. new Visit("sites").Rows("10 /first, 11 /second, 12 /third, 13 /fourth"),
            .. new Visit("events").Rows("0 search, 1 [Amplitude] Rage Click"),
            .. new Visit("rage_clicks").Rows("0 click:x, 0.3 click:x, 0.6 click:x"),
            .. new Visit("rage_milliseconds").Rows("0 click:x, 0.8 click:x, 1.6 click:x, 2.4 click:x"),
            .. Enumerable
                .Range(0, 4)
                .Select(at =>
                    Click($"p{at}", "rage_pixels", at, $"\"[Amplitude] X\": {at % 2 * 80}, \"[Amplitude] Y\": 0")
                ),
            .. new Visit("repeat_clicks").Rows("0 click:x, 10 click:x"),
            .. new Visit("repeat_seconds").Rows("0 click:x, 40 click:x, 80 click:x"),
            .. new[] { "Selector", "Class", "ID", "Href", "Text" }.Select(
                (kind, at) =>
                    Click(
                        $"menu{at}",
                        "menus",
                        at,
                        $"\"[Amplitude] Element {kind}\": \"{(kind == "Text" ? "QQ" : "qq")}\""
                    )
            ),
            Click("menu5", "menus", 5, "\"[Amplitude] Element Hierarchy\": [{\"tag\": \"qq\"}]"),
            .. new Visit("quick").Rows("0 /, 1 menu:A, 2 /a, 22 /"),
            .. new Visit("content") { Host = "other.example" }.Rows("0 /, 1 menu:A, 2 /a, 10 /b"),
            .. new Visit("steps").Rows("0 /1st, 1 /2nd, 2 /3rd, 3 /4th"),
            .. new Visit("back") { Also = "'back' AS user_id" }.Rows("0 view"),
            "'back' AS uuid, 'back' AS device_id, 2 AS session_id, 'back' AS user_id, 'view' AS event_type, TIMESTAMP '2025-06-02' AS event_time",
            .. new[] { 4, 4000 }.SelectMany(last =>
                Enumerable.Range(1, 4).Select(step => Step($"in {last}", step, step == 4 ? last : step, $"/p{step}"))
            ),
            .. Enumerable.Range(1, 4).Select(step => Step("elsewhere", step, step, "/other")),
            .. Enumerable
                .Range(10, 6)
                .Select(at =>
                    $"'ip{at}' AS uuid, 'ip' AS device_id, 1 AS session_id, 'view' AS event_type, '1.0.0.{at}' AS ip_address, TIMESTAMP '2025-07-09' AS event_time"
                ),
        ];

    private static string Click(string uuid, string device, int at, string properties) =>
        $$"""
            '{{uuid}}' AS uuid, '{{device}}' AS device_id, 1 AS session_id, '[Amplitude] Element Clicked' AS event_type,
            TIMESTAMP '2025-07-09' + INTERVAL {{at
                * 100}} MILLISECOND AS event_time, '{ {{properties}} }'::JSON AS event_properties
            """;

    private static string Step(string who, int step, int second, string path) =>
        $$"""
            '{{who}}{{step}}' AS uuid, '{{who}}' AS device_id, 1 AS session_id, 'f{{step}}' AS event_type,
            TIMESTAMP '2025-07-09' + INTERVAL {{second}} SECOND AS event_time,
            '{ "[Amplitude] Page URL": "https://shop.example{{path}}" }'::JSON AS event_properties
            """;
}
