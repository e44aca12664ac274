namespace Waveguide.Simulator.Tables;

/// <summary>What a project holds beside its events. JSON objects are served as they are written here.</summary>
public sealed record SimulatedTables
{
    public IReadOnlyList<SimulatedCohort> Cohorts { get; init; } = [];

    /// <summary>
    /// How many downloads of cohorts a month of UTC allows, each counted when it is asked for. Default 500 (Behavioral
    /// Cohorts API, "Limits"); that it is a calendar month and answers 429 is our guess.
    /// </summary>
    public int CohortDownloads { get; init; } = 500;

    /// <summary>JSON objects of the annotations.</summary>
    public IReadOnlyList<string> Annotations { get; init; } = [];

    /// <summary>Whether only the annotations API of 2023 is there. Default false.</summary>
    public bool OldAnnotations { get; init; }

    /// <summary>Null, as by default: not part of the project's plan.</summary>
    public SimulatedTaxonomy? Taxonomy { get; init; }

    /// <summary>JSON objects of the deletion jobs, each with its <c>day</c>.</summary>
    public IReadOnlyList<string> Deletions { get; init; } = [];

    public IReadOnlyList<RestFault> Faults { get; init; } = [];

    /// <summary>A little of everything, for people who try the tables.</summary>
    /// <param name="now">When it is; UTC.</param>
    public static SimulatedTables Example(DateTimeOffset now) =>
        new()
        {
            Cohorts =
            [
                new SimulatedCohort("c1regulars", "Regulars", now.AddHours(-5).ToUnixTimeSeconds())
                {
                    Csv = "user_id,amplitude_id,plan\nana@example.com,4711,pro\n,4712,\"free, for now\"\n",
                },
                new SimulatedCohort("c2silent", "Silent for a month", now.AddDays(-2).ToUnixTimeSeconds())
                {
                    Csv = "user_id,amplitude_id\nbob@example.com,4713\n",
                    IsLarge = true,
                },
            ],
            Annotations =
            [
                $$"""{"id":1,"start":"{{now:yyyy-MM-dd}}T09:00:00Z","end":null,"label":"Release 2.4","details":"New menu","category":{"id":7,"name":"Releases"},"chart_id":null}""",
            ],
            Taxonomy = new SimulatedTaxonomy(),
            Deletions =
            [
                $$"""{"day":"{{now.AddDays(9):yyyy-MM-dd}}","status":"staging","app":"100000001","active_scrub_done_date":null,"amplitude_ids":[{"amplitude_id":4713,"requested_on_day":"{{now:yyyy-MM-dd}}","requester":"privacy@example.com"}]}""",
            ],
        };
}

/// <param name="LastComputed">Unix seconds.</param>
public sealed record SimulatedCohort(string Id, string Name, long LastComputed)
{
    /// <summary>The download, header and all.</summary>
    public string Csv { get; init; } = "user_id,amplitude_id\n";

    /// <summary>Whether the download is handed out by another address, good for a minute. Default false.</summary>
    public bool IsLarge { get; init; }

    /// <summary>How often the status says that the download is being made. Default 1.</summary>
    public int Polls { get; init; } = 1;

    public bool Archived { get; init; }
}

/// <summary>The tracking plan, as JSON objects.</summary>
public sealed record SimulatedTaxonomy
{
    public IReadOnlyList<string> Events { get; init; } =
    [
        """{"event_type":"Signup","display_name":"Sign-up","category":{"name":"Accounts"},"description":"An account is made"}""",
    ];

    /// <summary>By event type; one without a key is not known to Amplitude any more and answers 400.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> EventProperties { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["Signup"] =
            [
                """{"event_property":"plan","event_type":"Signup","description":"","type":"enum","regex":null,"enum_values":"free,pro","is_array_type":false,"is_required":true}""",
            ],
        };

    public IReadOnlyList<string> UserProperties { get; init; } =
    [
        """{"user_property":"gp:plan","description":"","type":"string","regex":null,"enum_values":null,"is_array_type":false}""",
    ];

    public IReadOnlyList<string> GroupProperties { get; init; } =
    ["""{"group_type":"company","group_property":"seats","description":"","type":"number"}"""];

    public IReadOnlyList<string> Categories { get; init; } = ["""{"id":12,"name":"Accounts"}"""];
}
