namespace Waveguide.Tests.Transform;

/// <summary>Landed tables under clean names, one row for each thing.</summary>
public sealed class StagingTests : IDisposable
{
    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Fact]
    public async Task Each_property_is_a_column_of_its_own()
    {
        (string Property, string Column)[] texts =
        [
            ("[Amplitude] Page Title", "page_title"),
            ("referrer", "referrer"),
            ("referring_domain", "referring_domain"),
            ("[Amplitude] Element Tag", "element_tag"),
            ("[Amplitude] Element Text", "element_text"),
            ("[Amplitude] Element Href", "element_href"),
            ("[Amplitude] Element ID", "element_id"),
            ("[Amplitude] Element Class", "element_class"),
            ("[Amplitude] Element Selector", "element_selector"),
        ];
        (string Property, string Column)[] numbers =
        [
            ("[Amplitude] Page Counter", "page_counter"),
            ("[Amplitude] Element Position Left", "element_left"),
            ("[Amplitude] Element Position Top", "element_top"),
            ("[Amplitude] X", "click_x"),
            ("[Amplitude] Y", "click_y"),
            ("[Amplitude] Click Count", "click_count"),
        ];
        var properties = texts
            .Select(text => $"\"{text.Property}\": \"of {text.Column}\"")
            .Concat(numbers.Select((number, at) => $"\"{number.Property}\": {at}.5"));
        const string Hierarchy = "\"[Amplitude] Element Hierarchy\": [{\"tag\": \"a\"}, {\"tag\": \"nav\"}]";
        await _star.LandAsync(
            0,
            1,
            $$"""
            'a' AS uuid, '[Amplitude] Element Clicked' AS event_type, '{ {{string.Join(
                ", ",
                properties
            )}}, {{Hierarchy}} }'::JSON AS event_properties
            """
        );
        await _star.BuildAsync();
        var columns = texts.Concat(numbers).Select(one => one.Column);
        Assert.Equal(
            [
                $"{string.Join('|', texts.Select(text => $"of {text.Column}"))}|{string.Join('|', numbers.Select((_, at) => $"{at}.5"))}|True",
            ],
            await _star.QueryAsync(
                $"SELECT {string.Join(", ", columns)}, is_in_menu_hierarchy FROM analytics.stg_events"
            )
        );
    }

    [Fact]
    public async Task A_page_is_what_the_client_says_and_else_what_its_URL_says()
    {
        (string Properties, string Page)[] cases =
        [
            (
                "\"[Amplitude] Page URL\": \"https://a.example/one?x=1\"",
                "https://a.example/one?x=1|a.example|/one|a.example"
            ),
            (
                "\"[Amplitude] Page URL\": \"https://a.example/\", \"[Amplitude] Page Location\": \"https://b.example/two#x\"",
                "https://b.example/two#x|b.example|/two|b.example"
            ),
            (
                "\"[Amplitude] Page URL\": \"https://a.example/\", \"[Amplitude] Page Domain\": \"WWW.C.example\", \"[Amplitude] Page Path\": \"/uk/three\"",
                "https://a.example/|www.c.example|/uk/three|UK"
            ),
            ("\"[Amplitude] Page Path\": \"/four/4\"", "||/four/4|"),
        ];
        await _star.LandAsync(
            0,
            1,
            [.. cases.Select((one, at) => $"'{at}' AS uuid, '{{ {one.Properties} }}'::JSON AS event_properties")]
        );
        await _star.BuildAsync();
        Assert.Equal(
            cases.Select(one => one.Page),
            await _star.QueryAsync(
                "SELECT page_url, page_host, page_path, site FROM analytics.stg_events ORDER BY event_key"
            )
        );
        Assert.Equal(
            ["/four/*", "a.example/one", "b.example/two", "www.c.example/uk/three"],
            await _star.QueryAsync("SELECT page_key FROM analytics.dim_pages ORDER BY 1")
        );
    }

    [Fact]
    public async Task Members_of_cohorts_are_there_once_and_profiles_as_they_were_told_last()
    {
        await _star.BuildAsync();
        await _star.ExecuteAsync(
            """
            INSERT INTO amplitude.cohort_members BY NAME FROM (VALUES
                ('c1', 5, 'ann', 'web'), ('c1', 5, 'ann', 'web'), ('c1', 6, NULL, 'web'), ('c2', 5, 'ann', 'web'),
                ('c1', 5, 'ann', 'app'), (NULL, 7, 'bob', 'web')
            ) AS members(cohort_id, amplitude_id, user_id, _project)
            """
        );
        await _star.ExecuteAsync(
            """
            INSERT INTO amplitude.user_profiles BY NAME
            SELECT user_id, _project, _loaded_at, CASE WHEN library <> '' THEN {'library': library, 'first_used': '2025-01-02', 'last_used': '2025-07-08'}::JSON END AS amp_props
            FROM (VALUES
                ('ann', 'web', TIMESTAMP '2025-07-01', 'old'), ('ann', 'web', TIMESTAMP '2025-07-02', 'new'),
                ('ann', 'app', TIMESTAMP '2025-07-01', ''), (NULL, 'web', TIMESTAMP '2025-07-01', 'nobody')
            ) AS profiles(user_id, _project, _loaded_at, library)
            """
        );
        Assert.Equal(
            ["app|c1|5|ann|a5", "web|c1|5|ann|a5", "web|c1|6||a6", "web|c2|5|ann|a5"],
            await _star.QueryAsync("FROM analytics.stg_cohort_members ORDER BY ALL")
        );
        Assert.Equal(
            ["app|ann|||", "web|ann|new|2025-01-02|2025-07-08"],
            await _star.QueryAsync(
                "SELECT project, user_id, library, first_used, last_used FROM analytics.stg_user_profiles ORDER BY ALL"
            )
        );
    }
}
