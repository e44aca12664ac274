using System.Text;

namespace Waveguide.Simulator.Traffic;

/// <summary>Where a visitor came from first, as JSON of user and event properties.</summary>
internal sealed class Source
{
    private static readonly string[] Keys =
    [
        "utm_medium",
        "referring_domain",
        "utm_content",
        "utm_campaign",
        "twclid",
        "li_fat_id",
        "gclid",
        "utm_source",
        "dclid",
        "wbraid",
        "fbclid",
        "rtd_cid",
        "utm_id",
        "referrer",
        "gbraid",
        "utm_term",
        "msclkid",
        "ttclid",
        "ko_click_id",
    ];

    public Source(string referrer, string query, params (string Key, string Value)[] initial)
    {
        var domain = referrer.Length == 0 ? "" : new Uri(referrer).Host;
        Query = JsonText.Utf8(query);
        EventProperties = JsonText.Utf8(referrer.Length == 0 ? "" : $",\"referrer\":\"{referrer}\"");
        EventDomain = JsonText.Utf8(referrer.Length == 0 ? "" : $",\"referring_domain\":\"{domain}\"");
        var known = initial.ToDictionary(pair => pair.Key, pair => pair.Value);
        if (referrer.Length > 0)
        {
            (known["referrer"], known["referring_domain"]) = (referrer, domain);
        }
        var json = new StringBuilder();
        foreach (var key in Keys)
        {
            json.Append($",\"initial_{key}\":{JsonText.Quote(known.GetValueOrDefault(key, "EMPTY"))}");
        }
        foreach (var (key, value) in known)
        {
            json.Append($",\"{key}\":{JsonText.Quote(value)}");
        }
        UserProperties = json.ToString()[1..];
    }

    /// <summary>Query of the first page's URL, with its question mark.</summary>
    public byte[] Query { get; }

    public byte[] EventProperties { get; }

    public byte[] EventDomain { get; }

    public string UserProperties { get; }
}

internal static class Sources
{
    public static Weighted<Source> All { get; } =
        new([
            (new Source("https://www.google.com/", ""), 52),
            (new Source("", ""), 24),
            (new Source("https://www.bing.com/", ""), 9),
            (new Source("https://www.linkedin.com/", ""), 4),
            (new Source("https://duckduckgo.com/", ""), 3),
            (new Source("https://chatgpt.com/", "?utm_source=chatgpt.com", ("utm_source", "chatgpt.com")), 3),
            (
                new Source(
                    "",
                    "?utm_source=newsletter&utm_medium=email&utm_campaign=july-digest",
                    ("utm_source", "newsletter"),
                    ("utm_medium", "email"),
                    ("utm_campaign", "july-digest")
                ),
                3
            ),
            (new Source("https://translate.google.com/", "?hl=en-US"), 1),
        ]);
}
