using Waveguide.Cli.Configuration.Kinds;
using Waveguide.Diagnostics;

namespace Waveguide.Cli.Configuration;

/// <summary>Every key there is. Reading, checking, the JSON schema and the documentation follow this list.</summary>
internal static class KnownSettings
{
    public static readonly Setting<string> Destination = new(
        "destination",
        new TextKind("address"),
        "Where the data goes: an address such as `duckdb:warehouse.duckdb`, `file:./lake` or `s3://bucket/prefix`."
    )
    {
        Default = "duckdb:warehouse.duckdb",
        Variable = "WAVEGUIDE_DESTINATION",
        Option = "--destination",
    };

    public static readonly Setting<string> Tables = new(
        "tables",
        new TextKind("name"),
        "The tables to carry; `waveguide tables` lists them."
    )
    {
        Default = "events",
        Option = "--table",
        IsList = true,
    };

    public static readonly Setting<DataRegion> Region = new(
        "region",
        new RegionKind(),
        "Where Amplitude keeps the project: `us` or `eu`."
    )
    {
        Default = "us",
        Variable = "AMP_REGION",
        Option = "--region",
    };

    public static readonly Setting<UploadHour> Start = new(
        "start",
        new HourKind(),
        "The first UTC day or hour wanted, by the time Amplitude received the data."
    )
    {
        Example = "2025-01-01",
        WithoutIt = "none",
    };

    public static readonly Setting<Secret> ApiKey = new(
        "api_key",
        new SecretKind(),
        "The project's API key. Best written as a variable, never as it is."
    )
    {
        Example = "${AMP_API_KEY}",
        WithoutIt = "the variable",
        Variable = "AMP_API_KEY",
    };

    public static readonly Setting<Secret> SecretKey = new(
        "secret_key",
        new SecretKind(),
        "The project's secret key. Best written as a variable, never as it is."
    )
    {
        Example = "${AMP_SECRET_KEY}",
        WithoutIt = "the variable",
        Variable = "AMP_SECRET_KEY",
    };

    public static readonly Setting<Uri> Url = new(
        "source.url",
        new UrlKind(),
        "An address that stands in for every host of Amplitude, for tests and proxies. Plain http only on this machine."
    )
    {
        Example = "https://amplitude.proxy.example",
        WithoutIt = "Amplitude's own hosts",
        Variable = "AMPLITUDE_URL",
    };

    public static readonly Setting<TimeSpan> AvailabilityLag = new(
        "source.availability_lag",
        new DurationKind(TimeSpan.Zero, TimeSpan.FromDays(30)),
        "From the start of an hour until it is asked for. Amplitude publishes an hour late; asked earlier it may be partial."
    )
    {
        Default = "3h",
    };

    public static readonly Setting<TimeSpan> ConfirmAfter = new(
        "source.confirm_after",
        new DurationKind(TimeSpan.Zero, TimeSpan.FromDays(30)),
        "From then on until an hour is read a second time, to see that nothing was added."
    )
    {
        Default = "24h",
    };

    public static readonly Setting<int> Requests = new(
        "source.requests",
        new WholeNumberKind(1, 4),
        "Requests at once, for each project. Amplitude allows five."
    )
    {
        Default = "4",
    };

    public static readonly Setting<TimeSpan> Timeout = new(
        "source.timeout",
        new DurationKind(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
        "How long to wait for the first byte of an answer."
    )
    {
        Default = "10m",
    };

    public static readonly Setting<int> MaxRejected = new(
        "load.max_rejected",
        new WholeNumberKind(0, int.MaxValue),
        "Lines that are no JSON objects and may be put aside; with more of them, and more than 0.1 % of all lines, nothing of the slice is loaded."
    )
    {
        Default = "100",
    };

    public static readonly Setting<long> Memory = new(
        "load.memory",
        new SizeKind(32_000_000),
        "The memory that DuckDB may use for its data."
    )
    {
        Default = "160MB",
    };

    public static readonly Setting<int> Threads = new(
        "load.threads",
        new WholeNumberKind(1, 1024),
        "Threads that load at once."
    )
    {
        Example = "2",
        WithoutIt = "number of processors",
    };

    public static readonly Setting<string> Spool = new(
        "load.spool",
        new TextKind("folder"),
        "Where archives lie on their way; needs room for what is fetched at once."
    )
    {
        Example = "./spool",
        WithoutIt = "under the system's temporary folder",
    };

    public static readonly Setting<string> Models = new(
        "transform.models",
        new TextKind("folder"),
        "A folder of models: a dbt project in the place of Waveguide's, or, without a `dbt_project.yml`, models that are added to them."
    )
    {
        Example = "./models",
        WithoutIt = "Waveguide's own models",
        Option = "--models",
    };

    public static readonly Setting<long> TransformMemory = new(
        "transform.memory",
        new SizeKind(64_000_000),
        "The memory that DuckDB may use while models are run."
    )
    {
        Default = "800MB",
    };

    public static readonly Setting<KeyValuePair<string, string>> ModelVariables = new(
        "transform.vars",
        new PairKind(),
        "Variables of the models in place of the defaults in `models/dbt_project.yml`."
    )
    {
        Example = "session_idle_minutes: 30",
        WithoutIt = "none",
        Option = "--var",
        IsMap = true,
    };

    public static readonly Setting<string> ProjectName = new(
        "projects[].name",
        new NameKind(),
        "The project's name, which every row and every line of the ledger carries. Unique."
    )
    {
        Example = "web",
        IsRequired = true,
        WithoutIt = "required",
    };

    public static readonly Setting<Secret> ProjectApiKey = new(
        "projects[].api_key",
        new SecretKind(),
        "As `api_key`, for this project. `AMP_API_KEY` does not stand in for it."
    )
    {
        Example = "${WEB_API_KEY}",
        WithoutIt = "none",
    };

    public static readonly Setting<Secret> ProjectSecretKey = new(
        "projects[].secret_key",
        new SecretKind(),
        "As `secret_key`, for this project. `AMP_SECRET_KEY` does not stand in for it."
    )
    {
        Example = "${WEB_SECRET_KEY}",
        WithoutIt = "none",
    };

    public static readonly Setting<DataRegion> ProjectRegion = new(
        "projects[].region",
        new RegionKind(),
        "As `region`, for this project."
    )
    {
        Example = "eu",
        WithoutIt = "`region`",
    };

    public static readonly Setting<UploadHour> ProjectStart = new(
        "projects[].start",
        new HourKind(),
        "As `start`, for this project."
    )
    {
        Example = "2024-06-01",
        WithoutIt = "`start`",
    };

    public static readonly Setting<Uri> ProjectUrl = new(
        "projects[].url",
        new UrlKind(),
        "As `source.url`, for this project."
    )
    {
        Example = "https://amplitude.proxy.example/web",
        WithoutIt = "`source.url`",
    };

    public static readonly Section DestinationOptions = new(
        "destination",
        "The destination with its options, in place of `destination` as one line. An address may have them itself: "
            + "`file:./lake?format=parquet`.",
        Short: Destination
    );

    public static readonly Section Projects = new(
        "projects",
        "Several projects, in place of `api_key` and `secret_key`. Each takes `region`, `start` and `source` from the top unless it says otherwise.",
        IsList: true
    );

    /// <summary>In the order in which they are documented.</summary>
    public static IReadOnlyList<Section> Sections { get; } =
    [
        DestinationOptions,
        new("source", "How Amplitude is asked."),
        new("load", "What loading may use of this machine."),
        new("transform", "How `waveguide transform` runs the models."),
        PrivacySettings.Section,
        .. TableSettings.Sections,
        .. SeriesSettings.Sections,
        Projects,
    ];

    /// <inheritdoc cref="Sections"/>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Destination,
        Tables,
        Region,
        Start,
        ApiKey,
        SecretKey,
        Url,
        AvailabilityLag,
        ConfirmAfter,
        Requests,
        Timeout,
        MaxRejected,
        Memory,
        Threads,
        Spool,
        Models,
        TransformMemory,
        ModelVariables,
        .. PrivacySettings.All,
        .. TableSettings.All,
        .. SeriesSettings.All,
        .. BucketSettings.All,
        ProjectName,
        ProjectApiKey,
        ProjectSecretKey,
        ProjectRegion,
        ProjectStart,
        ProjectUrl,
        .. DestinationSettings.All,
    ];

    public static IEnumerable<Setting> Under(string prefix) => All.Where(setting => setting.Prefix == prefix);
}
