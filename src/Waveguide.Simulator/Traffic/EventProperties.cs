namespace Waveguide.Simulator.Traffic;

/// <summary>Event properties with the keys and types of Amplitude's autocapture.</summary>
internal sealed class EventProperties(RowBuffer row)
{
    private static readonly string[] Words =
    [
        "train",
        "pricing",
        "sql",
        "join",
        "jobs",
        "map",
        "date difference",
        "colour",
    ];

    public void Write(Visitor visitor, VisitorText text, in PlannedEvent planned)
    {
        switch (planned.Kind)
        {
            case EventKind.PageViewed:
                PageViewed(visitor.Source, planned);
                break;
            case EventKind.Clicked or EventKind.Changed:
                Element(text, planned);
                break;
            case EventKind.FormStarted or EventKind.FormSubmitted:
                Form(planned.Page);
                break;
            case EventKind.FileDownloaded:
                row.Add(
                    "{\"[Amplitude] File Extension\":\"zip\",\"[Amplitude] File Name\":\"/library/monthly-report-template.zip\",\"[Amplitude] Link ID\":\"\",\"[Amplitude] Link Text\":\"Download the workbook\",\"[Amplitude] Link URL\":\"https://files.example.com/library/monthly-report-template.zip\"}"u8
                );
                break;
            case EventKind.VideoStarted or EventKind.VideoPaused:
                Video(visitor, planned);
                break;
            case EventKind.Search:
                row.Add("{\"value\":\""u8).Add(Words[planned.Number % Words.Length]).Add("\"}"u8);
                break;
            default:
                row.Add("{}"u8);
                break;
        }
    }

    private void PageViewed(Source source, in PlannedEvent planned)
    {
        var page = planned.Page;
        ReadOnlySpan<byte> query = planned.IsEntry ? source.Query : [];
        row.Add("{\"[Amplitude] Page URL\":"u8).Add(page.OpenUrl).Add(query).Add("\""u8);
        row.Add(source.EventProperties).Add(",\"[Amplitude] Page Counter\":"u8).Number(planned.Number);
        row.Add(","u8).Add(page.DomainAndPath).Add(",\"[Amplitude] Page Title\":"u8);
        row.Add((planned.TitleOf ?? page).Title).Add(",\"[Amplitude] Page Location\":"u8);
        row.Add(page.OpenUrl).Add(query).Add("\""u8).Add(source.EventDomain).Add("}"u8);
    }

    private void Element(VisitorText text, in PlannedEvent planned)
    {
        var element = planned.Element!;
        row.Add("{\"[Amplitude] Page URL\":"u8).Add(planned.Page.OpenUrl);
        row.Add("\",\"[Amplitude] Element Position Left\":"u8).Number(element.Left + (long)(planned.Salt >> 40 & 31));
        row.Add(element.Hierarchy).Number(element.Top + (long)(planned.Salt >> 48 & 255)).Add(element.Parent);
        row.Add(",\"[Amplitude] Page Title\":"u8).Add(planned.Page.Title).Add(element.Rest).Add(text.Viewport);
    }

    private void Form(SitePage page)
    {
        row.Add(
            "{\"[Amplitude] Form ID\":\"contact-form\",\"[Amplitude] Form Name\":\"contact\",\"[Amplitude] Form Destination\":"u8
        );
        row.Add(page.OpenUrl).Add("send\"}"u8);
    }

    private void Video(Visitor visitor, in PlannedEvent planned)
    {
        const double Length = 104_238;
        row.Add("{\"video_url\":\"https://media.example.com/films/a-first-look.mp4\""u8);
        if (planned.Kind == EventKind.VideoPaused)
        {
            row.Add(",\"video_watchTime\":"u8).Decimal(planned.Number / 1_000.0);
            row.Add(",\"video_progress\":"u8).Decimal(Math.Min(1, planned.Number / Length));
        }
        row.Add(",\"[Amplitude] Session Replay ID\":\""u8).Add(visitor.DeviceId).Add("/"u8);
        row.Number(planned.SessionId).Add("\"}"u8);
    }
}
