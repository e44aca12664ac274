namespace Waveguide.Simulator.Traffic;

/// <summary>One web site with its menu.</summary>
internal sealed record Site(string Domain, string Brand)
{
    public required IReadOnlyList<SitePage> Pages { get; init; }

    public required Weighted<SitePage> Posts { get; init; }

    public required IReadOnlyList<SitePage> Menu { get; init; }

    /// <summary>Menu pages whose names do not tell them apart; the UK site has them.</summary>
    public required IReadOnlyList<SitePage> Maze { get; init; }

    public required SiteElements Elements { get; init; }

    public SitePage Home => Pages[0];

    public SitePage? Blog => Pages.FirstOrDefault(page => page.Kind == PageKind.Blog);
}

internal enum PageKind
{
    Home,
    Menu,
    Maze,
    Blog,
    Post,
    Form,
    Files,
}

/// <summary>A page and the JSON that its events share.</summary>
internal sealed class SitePage(string domain, string path, string title, PageKind kind)
{
    public string Path { get; } = path;

    public PageKind Kind { get; } = kind;

    public string Url { get; } = $"https://{domain}{path}";

    /// <summary>The URL in JSON without its closing quote, for a query to follow.</summary>
    public byte[] OpenUrl { get; } = JsonText.Utf8($"\"https://{domain}{path}");

    public byte[] DomainAndPath { get; } =
        JsonText.Utf8($"\"[Amplitude] Page Domain\":\"{domain}\",\"[Amplitude] Page Path\":\"{path}\"");

    public byte[] Title { get; } = JsonText.Utf8(JsonText.Quote(title));

    /// <summary>The menu entry or link that leads here.</summary>
    public Element? Link { get; set; }

    public int Weight { get; init; }

    public string Label { get; init; } = "";
}
