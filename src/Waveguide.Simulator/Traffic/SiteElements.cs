namespace Waveguide.Simulator.Traffic;

/// <summary>The elements that visitors click on and change.</summary>
internal sealed class SiteElements
{
    private static readonly string[] Page =
    [
        Node("div", "relative min-h-screen flex flex-col bg-white text-slate-900", 0),
        Node("div", "", 1, "\"id\":\"app\",\"attrs\":{\"data-version\":\"4.18.2\"},\"prevSib\":\"noscript\""),
        Node("body", "font-body overflow-x-hidden scroll-smooth", 1, "\"prevSib\":\"head\""),
    ];

    private static readonly string[] Header =
    [
        Node(
            "div",
            "hidden lg:flex lg:items-center lg:gap-x-8 xl:gap-x-10 lg:flex-1 lg:justify-end",
            2,
            "\"prevSib\":\"div\""
        ),
        Node("nav", "mx-auto flex max-w-7xl items-center justify-between p-6 h-20", 0, Aria("Global")),
        Node("header", "sticky top-0 inset-x-0 z-40 bg-white/95 shadow-sm", 0),
        .. Page,
    ];

    private static readonly string[] Article =
    [
        Node("div", "prose prose-lg prose-slate max-w-none first-letter:text-4xl", 3, "\"prevSib\":\"figure\""),
        Node("article", "mx-auto max-w-3xl px-6 pb-24 pt-12 lg:px-8 space-y-6", 0),
        Node("main", "flex-auto isolate", 0, "\"id\":\"content\",\"prevSib\":\"header\""),
        .. Page,
    ];

    public Element Accept { get; } =
        new(
            "div",
            "Accept",
            new ElementParts([
                Node(
                    "div",
                    "btn-primary rounded-full transition cursor-pointer bg-amber-600 hover:bg-amber-800 text-white uppercase text-sm h-10 inline-flex items-center justify-center px-8",
                    0
                ),
                Node("div", "mt-4 md:flex items-center gap-x-5 justify-between flex-wrap", 2, "\"prevSib\":\"p\""),
                Node(
                    "div",
                    "pointer-events-auto ml-auto max-w-xl rounded-xl bg-white p-6 shadow-lg ring-1 ring-slate-900/10",
                    0
                ),
                Node("div", "pointer-events-none fixed inset-x-0 bottom-0 px-6 pb-6 z-50", 4),
                .. Page,
            ])
            {
                Class =
                    "btn-primary rounded-full transition cursor-pointer\n                    bg-amber-600 hover:bg-amber-800 text-white \n                    uppercase text-sm h-10 inline-flex items-center justify-center px-8",
            }
        );

    public Element OpenMenu { get; } =
        new(
            "button",
            "Open main menu",
            new ElementParts([
                Node(
                    "button",
                    "-m-2.5 inline-flex items-center justify-center rounded-md p-2.5 text-slate-700",
                    1,
                    Aria("Menu")
                ),
                .. Header,
            ])
            {
                Class = "-m-2.5 inline-flex items-center justify-center rounded-md p-2.5 text-slate-700",
                Left = 330,
                Top = 22,
            }
        );

    public Element Carousel { get; } =
        new(
            "button",
            "",
            new ElementParts([
                Node(
                    "button",
                    "absolute right-2 top-1/2 -translate-y-1/2 rounded-full bg-white/80 p-3 shadow hover:bg-white focus-visible:outline",
                    3,
                    "\"attrs\":{\"data-slide\":\"next\",\"type\":\"button\"},\"prevSib\":\"div\""
                ),
                Node(
                    "section",
                    "relative overflow-hidden rounded-2xl bg-slate-50 py-16 sm:py-24",
                    2,
                    "\"prevSib\":\"section\""
                ),
                .. Article,
            ])
            {
                Class =
                    "absolute right-2 top-1/2 -translate-y-1/2 rounded-full bg-white/80 p-3 shadow hover:bg-white focus-visible:outline",
                Parent = "What our customers say\n  about us",
                Left = 1180,
                Top = 640,
            }
        );

    public Element PlayVideo { get; } =
        new(
            "button",
            "Play Video",
            new ElementParts([
                Node(
                    "button",
                    "vjs-big-play-button inset-0 m-auto h-16 w-16 rounded-full bg-black/60",
                    2,
                    "\"attrs\":{\"title\":\"Play Video\",\"type\":\"button\",\"aria-disabled\":\"false\"},\"prevSib\":\"div\""
                ),
                .. Article,
            ])
            {
                Class = "vjs-big-play-button",
                Left = 412,
                Top = 508,
            }
        );

    public Element Download { get; } =
        new(
            "a",
            "Download the workbook",
            new ElementParts([
                Node(
                    "a",
                    "inline-flex items-center gap-2 font-semibold text-amber-700 underline decoration-2",
                    1,
                    "\"attrs\":{\"download\":\"\"},\"prevSib\":\"p\""
                ),
                .. Article,
            ])
            {
                Class = "inline-flex items-center gap-2 font-semibold text-amber-700 underline decoration-2",
                Href = "https://files.example.com/library/monthly-report-template.zip",
                Left = 388,
                Top = 702,
            }
        );

    public Element Field { get; } =
        new(
            "input",
            "",
            new ElementParts([
                Node(
                    "input",
                    "block w-full rounded-md border-0 px-3.5 py-2 shadow-sm ring-1 ring-inset ring-slate-300 focus:ring-2",
                    0,
                    "\"id\":\"email\",\"attrs\":{\"type\":\"email\",\"name\":\"email\"}"
                ),
                Node(
                    "form",
                    "mx-auto mt-16 max-w-xl sm:mt-20 grid grid-cols-1 gap-x-8 gap-y-6",
                    1,
                    "\"id\":\"contact-form\",\"prevSib\":\"h1\""
                ),
                .. Article,
            ])
            {
                Id = "email",
                Class =
                    "block w-full rounded-md border-0 px-3.5 py-2 shadow-sm ring-1 ring-inset ring-slate-300 focus:ring-2",
                Parent = "Talk to us",
                Left = 420,
                Top = 388,
            }
        );

    public Element Search { get; } =
        new(
            "button",
            "Search",
            new ElementParts([
                Node(
                    "button",
                    "rounded-full p-2 text-slate-500 hover:bg-slate-100 transition-colors",
                    4,
                    Aria("Search") + ",\"prevSib\":\"a\""
                ),
                .. Header,
            ])
            {
                Class = "rounded-full p-2 text-slate-500 hover:bg-slate-100 transition-colors",
                Left = 1320,
                Top = 24,
            }
        );

    public static Element Logo(string brand, SitePage home) =>
        new(
            "a",
            $"{brand} Logo",
            new ElementParts([Node("a", "-m-1.5 p-1.5 flex items-center gap-3", 0, Link(home.Path)), .. Header])
            {
                Class = "-m-1.5 p-1.5 flex items-center gap-3",
                Href = home.Url,
                Left = 32,
                Top = 18,
            }
        );

    public static Element MenuItem(SitePage page) =>
        new(
            "a",
            page.Label,
            new ElementParts([
                Node(
                    "a",
                    "text-base font-semibold leading-6 hover:text-amber-700 px-3 py-2 rounded-md",
                    0,
                    Link(page.Path)
                ),
                Node("li", "relative group", page.Weight % 7, "\"prevSib\":\"li\""),
                Node("ul", "flex items-center gap-x-6 list-none", 0),
                .. Header,
            ])
            {
                Class = "text-base font-semibold leading-6 hover:text-amber-700 px-3 py-2 rounded-md",
                Href = page.Url,
                Left = 520 + 37 * (page.Path.Length % 17),
                Top = 26,
            }
        );

    public static Element PostLink(SitePage post) =>
        new(
            "a",
            post.Label,
            new ElementParts([
                Node("a", "group block rounded-xl p-4 hover:bg-slate-50", 0, Link(post.Path)),
                Node("li", "col-span-1 flex flex-col divide-y divide-slate-200", post.Weight % 9, "\"prevSib\":\"li\""),
                .. Article,
            ])
            {
                Class = "group block rounded-xl p-4 hover:bg-slate-50",
                Href = post.Url,
                Parent = "Read next",
                Left = 96 + 300 * (post.Weight % 3),
                Top = 820,
            }
        );

    private static string Link(string path) => $"\"attrs\":{{\"href\":\"{path}\"}}";

    private static string Aria(string label) => $"\"attrs\":{{\"aria-label\":\"{label}\"}}";

    private static string Node(string tag, string classes, int index, string? more = null)
    {
        var list =
            classes.Length == 0 ? "" : $"\"classes\":[{string.Join(',', classes.Split(' ').Select(JsonText.Quote))}],";
        var rest = more is null ? "" : $",{more}";
        return $"{{{list}\"index\":{index},\"tag\":\"{tag}\",\"indexOfType\":{index / 2}{rest}}}";
    }
}
