namespace Waveguide.Simulator.Traffic;

/// <summary>What visitors do: a small Markov chain over pages, with the habits of each kind of page.</summary>
internal static class Journey
{
    public static void Run(Visit visit, ref Dice dice)
    {
        if (!dice.Chance(0.03))
        {
            visit.Add(EventKind.SessionStart, ref dice);
        }
        visit.Pass(dice.Between(4, 190));
        visit.View(Entry(visit.Site, ref dice), ref dice);
        if (dice.Chance(0.2))
        {
            visit.Pass(dice.Around(2_600));
            visit.Add(EventKind.Clicked, ref dice, visit.Site.Elements.Accept);
        }
        do
        {
            Linger(visit, ref dice);
        } while (!visit.IsOver && Step(visit, ref dice));
    }

    private static SitePage Entry(Site site, ref Dice dice) =>
        dice.Below(100) switch
        {
            < 62 => site.Posts.Draw(ref dice),
            < 88 => site.Home,
            _ => dice.Pick(site.Menu),
        };

    /// <summary>What is done on the page itself.</summary>
    private static void Linger(Visit visit, ref Dice dice)
    {
        var elements = visit.Site.Elements;
        visit.Pass(visit.Page.Kind == PageKind.Maze ? dice.Between(1_400, 7_000) : dice.Around(24_000));
        if (dice.Chance(0.02))
        {
            visit.Add(EventKind.Clicked, ref dice, elements.Search);
            visit.Pass(dice.Between(900, 5_000));
            visit.Add(EventKind.Search, ref dice, number: dice.Below(64));
            visit.Pass(dice.Between(600, 3_000));
        }
        if (dice.Chance(0.008))
        {
            Rage(visit, dice.Chance(0.6) ? elements.Carousel : elements.Download, ref dice);
        }
        if (visit.Visitor is { SecondAccount: not null } && visit.Views == 2)
        {
            visit.IsSecondAccount = true;
        }
        switch (visit.Page.Kind)
        {
            case PageKind.Form when dice.Chance(0.55):
                Fill(visit, ref dice);
                break;
            case PageKind.Files when dice.Chance(0.6):
            case PageKind.Post when dice.Chance(0.03):
                visit.Add(EventKind.Clicked, ref dice, elements.Download);
                visit.Pass(dice.Between(3, 40));
                visit.Add(EventKind.FileDownloaded, ref dice, elements.Download);
                break;
            case PageKind.Post when dice.Chance(0.05):
                Watch(visit, ref dice);
                break;
        }
    }

    /// <summary>Goes to the next page; false when the visitor leaves.</summary>
    private static bool Step(Visit visit, ref Dice dice)
    {
        var next = Next(visit, ref dice);
        if (next is null)
        {
            return false;
        }
        if (visit.Visitor.Device.IsMobile && next.Kind != PageKind.Post)
        {
            visit.Add(EventKind.Clicked, ref dice, visit.Site.Elements.OpenMenu);
            visit.Pass(dice.Between(500, 2_400));
        }
        if (dice.Chance(0.68))
        {
            visit.Add(EventKind.Clicked, ref dice, next.Link);
            visit.Pass(dice.Between(60, 700));
        }
        visit.View(next, ref dice);
        return true;
    }

    private static SitePage? Next(Visit visit, ref Dice dice)
    {
        var site = visit.Site;
        var chance = dice.Below(100);
        return (visit.Page.Kind, chance) switch
        {
            (PageKind.Maze, < 38) => visit.Before == visit.Page ? site.Home : visit.Before,
            (PageKind.Maze, < 76) => dice.Pick(site.Maze),
            (PageKind.Maze, < 86) => dice.Pick(site.Menu),
            (PageKind.Home, < 42) => site.Maze.Count > 0 && dice.Chance(0.6)
                ? dice.Pick(site.Maze)
                : dice.Pick(site.Menu),
            (PageKind.Home, < 54) => site.Blog,
            (PageKind.Blog, < 58) => site.Posts.Draw(ref dice),
            (PageKind.Post, < 12) => site.Posts.Draw(ref dice),
            (PageKind.Post, < 17) => site.Blog,
            (PageKind.Post, < 24) => site.Home,
            (PageKind.Menu or PageKind.Files, < 34) => dice.Pick(site.Menu),
            (PageKind.Menu or PageKind.Files, < 46) => site.Home,
            (PageKind.Form, < 14) => site.Home,
            _ => null,
        };
    }

    private static void Rage(Visit visit, Element element, ref Dice dice)
    {
        var clicks = dice.Between(3, 9);
        for (var click = 0; click < clicks; click++)
        {
            visit.Add(EventKind.Clicked, ref dice, element, number: click == 0 ? 1 : 0);
            visit.Pass(dice.Between(110, 420));
        }
    }

    private static void Fill(Visit visit, ref Dice dice)
    {
        visit.Add(EventKind.FormStarted, ref dice);
        var fields = dice.Between(1, 4);
        for (var field = 0; field < fields; field++)
        {
            visit.Pass(dice.Around(5_000));
            visit.Add(EventKind.Changed, ref dice, visit.Site.Elements.Field, field);
        }
        if (dice.Chance(0.55))
        {
            visit.Pass(dice.Around(3_000));
            visit.Add(EventKind.FormSubmitted, ref dice);
            visit.Pass(dice.Between(400, 2_000));
            visit.Add(EventKind.ServerSide, ref dice, number: dice.Below(90));
        }
    }

    private static void Watch(Visit visit, ref Dice dice)
    {
        visit.Add(EventKind.Clicked, ref dice, visit.Site.Elements.PlayVideo);
        visit.Pass(dice.Between(80, 600));
        visit.Add(EventKind.VideoStarted, ref dice);
        var watched = dice.Around(70_000);
        visit.Pass(watched);
        visit.Add(EventKind.VideoPaused, ref dice, number: watched);
    }
}
