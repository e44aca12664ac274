using Waveguide.Amplitude.Series;
using Waveguide.Cli.Configuration.Reading;

namespace Waveguide.Cli.Configuration;

/// <summary>
/// Reads the settings of a run: options, then the environment, then <c>.env</c>, then the YAML file, then defaults.
/// Touches nothing but these files, and changes nothing.
/// </summary>
internal static class SettingsReader
{
    /// <exception cref="ConfigurationException">
    /// Something was said that cannot be used. Missing keys are no such thing: see <see cref="ProjectSettings.Keys"/>.
    /// </exception>
    public static Settings Read(SettingsRequest request)
    {
        var variables = Variables.Read(request);
        var file = ConfigurationFile.Read(request, variables);
        var lookup = new SettingLookup(request, variables, file);
        lookup.CheckFile();
        var (address, options) = new DestinationReader(lookup, file).Read();
        return new Settings
        {
            Destination = address,
            DestinationOptions = options,
            Variables = variables,
            Tables = Tables(lookup),
            Projects = new ProjectReader(lookup, variables, file).Read(),
            Bucket = Bucket(lookup),
            TableOptions = Options(lookup, request.WorkingDirectory),
            Availability = new Availability
            {
                SnapshotAge = Value(lookup, TableSettings.SnapshotAge),
                Zone = Value(lookup, TableSettings.TimeZone),
                Lag = Value(lookup, KnownSettings.AvailabilityLag),
                ConfirmAfter = Value(lookup, KnownSettings.ConfirmAfter),
            },
            Limits = new ScanLimits { MaxRejected = Value(lookup, KnownSettings.MaxRejected) },
            Requests = Value(lookup, KnownSettings.Requests),
            Timeout = Value(lookup, KnownSettings.Timeout),
            MemoryLimitBytes = Value(lookup, KnownSettings.Memory),
            Threads = lookup.Find(KnownSettings.Threads) is { } threads ? KnownSettings.Threads.Parse(threads) : null,
            SpoolFolder = Folder(lookup, KnownSettings.Spool, request),
            ModelFolder = Folder(lookup, KnownSettings.Models, request),
            TransformMemoryBytes = Value(lookup, KnownSettings.TransformMemory),
            ModelVariables = ModelVariables(lookup, file),
            Privacy = PrivacySettings.Read(lookup, file),
            File = file?.Path,
        };
    }

    /// <exception cref="ConfigurationException">The source is a bucket, but none is named.</exception>
    private static BucketPlace? Bucket(SettingLookup lookup)
    {
        if (Value(lookup, BucketSettings.Type) != BucketSettings.Bucket)
        {
            return null;
        }

        var address =
            Text(lookup, BucketSettings.Address)
            ?? throw new ConfigurationException("source.type is bucket, but source.bucket names none.")
            {
                Hint = "Write its address, such as source: {type: bucket, bucket: s3://bucket/prefix, app: 100011471}.",
            };
        var organisation = lookup.Find(BucketSettings.Organisation);
        return new BucketPlace(
            address,
            organisation is null ? null : BucketSettings.Organisation.Parse(organisation),
            Value(lookup, BucketSettings.EmptyAfter)
        );
    }

    private static TableOptions Options(SettingLookup lookup, string workingDirectory) =>
        new()
        {
            UserIds = Texts(lookup, TableSettings.UserIds),
            UserFile = Text(lookup, TableSettings.UserFile) is { } file
                ? Path.GetFullPath(file, workingDirectory)
                : null,
            ActiveWithin = Value(lookup, TableSettings.ActiveWithin),
            Properties = Value(lookup, TableSettings.Properties),
            CohortIds = Value(lookup, TableSettings.Cohorts),
            Computations = Value(lookup, TableSettings.Computations),
            Recommendations = Texts(lookup, TableSettings.Recommendations),
            RecommendationType = Text(lookup, TableSettings.RecommendationType),
            Predictions = Texts(lookup, TableSettings.Predictions),
            PropensityType = Text(lookup, TableSettings.PropensityType),
            MemberCohorts = Texts(lookup, TableSettings.MemberCohorts),
            ActiveUsers = new ActiveUsersOptions
            {
                Metric = Value(lookup, SeriesSettings.Metric),
                Interval = Value(lookup, SeriesSettings.Interval),
                GroupBy = Text(lookup, SeriesSettings.GroupBy),
            },
            SessionLengths = Bins(lookup),
        };

    /// <exception cref="ConfigurationException">They do not fit together, which Amplitude would pass over in silence.</exception>
    private static SessionLengthBins? Bins(SettingLookup lookup)
    {
        var min = Value(lookup, SeriesSettings.BinMin);
        if (lookup.Find(SeriesSettings.BinMax) is not { } end)
        {
            Setting[] others = [SeriesSettings.BinUnit, SeriesSettings.BinMin, SeriesSettings.BinSize];
            return others.FirstOrDefault(other => lookup.Find(other) is not null) is { } said
                ? throw new ConfigurationException($"{said.Path} is set, and {SeriesSettings.BinMax.Key} is not.")
                {
                    Hint = "Say where the last bucket ends, or leave all of them out for Amplitude's own nine buckets.",
                }
                : null;
        }

        var max = SeriesSettings.BinMax.Parse(end);
        return min < max
            ? new SessionLengthBins(
                Value(lookup, SeriesSettings.BinUnit),
                min,
                max,
                lookup.Find(SeriesSettings.BinSize) is { } size ? SeriesSettings.BinSize.Parse(size) : null
            )
            : throw new ConfigurationException(
                $"{SeriesSettings.BinMax.Path}, {max}, is not above {SeriesSettings.BinMin.Key}, {min}."
            );
    }

    private static string? Text(SettingLookup lookup, Setting<string> setting) =>
        lookup.Find(setting) is { } found ? setting.Parse(found) : null;

    private static IReadOnlyList<string> Texts(SettingLookup lookup, Setting<string> setting) =>
        lookup.Find(setting) is { } found ? setting.ParseAll(found) : [];

    private static T Value<T>(SettingLookup lookup, Setting<T> setting) =>
        lookup.Find(setting) is { } found ? setting.Parse(found) : setting.ParseDefault();

    private static string? Folder(SettingLookup lookup, Setting<string> setting, SettingsRequest request) =>
        lookup.Find(setting) is { } found ? Path.GetFullPath(setting.Parse(found), request.WorkingDirectory) : null;

    /// <summary>Those of the file, and over them those of the command line.</summary>
    private static Dictionary<string, string> ModelVariables(SettingLookup lookup, ConfigurationFile? file)
    {
        var setting = KnownSettings.ModelVariables;
        Found?[] said = [file is null ? null : lookup.InFile(setting, file.Top), lookup.InOptions(setting)];
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in said.OfType<Found>().SelectMany(setting.ParseAll))
        {
            values[name] = value;
        }

        return values;
    }

    private static IReadOnlyList<string> Tables(SettingLookup lookup) =>
        lookup.Find(KnownSettings.Tables) is { } found
            ? [.. KnownSettings.Tables.ParseAll(found).Distinct(StringComparer.Ordinal)]
            : [KnownSettings.Tables.ParseDefault()];
}
