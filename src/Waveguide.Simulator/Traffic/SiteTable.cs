namespace Waveguide.Simulator.Traffic;

internal static class SiteTable
{
    public static Dictionary<string, Site> Read()
    {
        var posts = World.Lines("posts.txt").Select(line => line.Split('|')).ToList();
        var sites = new Dictionary<string, Site>();
        List<string[]> pages = [];
        foreach (var fields in World.Lines("sites.txt").Select(line => line.Split('|')).Reverse())
        {
            if (fields[0] == "page")
            {
                pages.Insert(0, fields);
            }
            else
            {
                sites[fields[1]] = Build(fields[2], fields[3], pages, posts);
                pages.Clear();
            }
        }
        return sites;
    }

    private static Site Build(string domain, string brand, List<string[]> rows, List<string[]> postRows)
    {
        List<SitePage> pages = [.. rows.Select(row => Page(domain, row))];
        var blog = pages.Find(page => page.Kind == PageKind.Blog)!.Path;
        var posts = postRows.Select(row => new SitePage(
            domain,
            $"{blog}{row[0]}/",
            $"{row[1]} - {brand}",
            PageKind.Post
        )
        {
            Weight = int.Parse(row[2]),
            Label = row[1],
        });
        var site = new Site(domain, brand)
        {
            Pages = pages,
            Posts = new Weighted<SitePage>(posts.Select(post => (post, post.Weight))),
            Menu = pages[1..],
            Maze = pages.FindAll(page => page.Kind == PageKind.Maze),
            Elements = new SiteElements(),
        };
        foreach (var page in pages)
        {
            page.Link = page.Kind == PageKind.Home ? SiteElements.Logo(brand, page) : SiteElements.MenuItem(page);
        }
        foreach (var post in site.Posts.Items)
        {
            post.Link = SiteElements.PostLink(post);
        }
        return site;
    }

    private static SitePage Page(string domain, string[] row) =>
        new(domain, row[1], row[2], Enum.Parse<PageKind>(row[4], ignoreCase: true))
        {
            Label = row[3],
            Weight = int.Parse(row[5]),
        };
}
