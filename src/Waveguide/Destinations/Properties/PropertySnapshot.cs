namespace Waveguide.Destinations.Properties;

/// <summary>The properties and event types that a warehouse knew at a moment.</summary>
public sealed class PropertySnapshot
{
    /// <summary>How long a property is missing before it is gone, and how far back <see cref="Recent"/> looks; hours.</summary>
    public const int Week = 7 * 24;

    private const string Null = "null";

    private readonly Dictionary<(string, PropertyKind, string?, string?), EventProperty> _byKey;
    private readonly Dictionary<string, UploadHour> _oldest;

    public PropertySnapshot(IEnumerable<EventProperty> properties)
    {
        All = [.. properties];
        _byKey = All.ToDictionary(property => property.Key);
        _oldest = All.GroupBy(property => property.Project, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Min(property => property.First), StringComparer.Ordinal);
    }

    /// <summary>Event types among them, which have no name.</summary>
    public IReadOnlyList<EventProperty> All { get; }

    /// <summary>What is other than it was before. Of a project that was not known before, nothing is.</summary>
    public IEnumerable<PropertyChange> Since(PropertySnapshot before) =>
        All.SelectMany(before.Changes).Concat(before.All.Where(IsMissing).Select(Gone));

    /// <summary>What is other than a week before the newest hour of each project, and whatever is gone.</summary>
    public IEnumerable<PropertyChange> Recent() =>
        All.GroupBy(property => property.Project, StringComparer.Ordinal)
            .SelectMany(project =>
                project.SelectMany(AsOf(project, project.Max(property => property.Last).AddHours(-Week)).Changes)
            );

    private static PropertySnapshot AsOf(IEnumerable<EventProperty> properties, UploadHour hour) =>
        new(
            properties
                .Where(property => property.First <= hour)
                .Select(property =>
                    property with
                    {
                        Types = [.. property.Types.Where(type => type.First <= hour)],
                        IsGone = false,
                    }
                )
        );

    private bool IsMissing(EventProperty before) => !_byKey.ContainsKey(before.Key);

    /// <summary>How the property is other than it was in this snapshot.</summary>
    private IEnumerable<PropertyChange> Changes(EventProperty now)
    {
        if (_byKey.TryGetValue(now.Key, out var before))
        {
            var types = Real(now).Except(Real(before)).ToList();
            if (types.Count > 0 && Real(before).Any())
            {
                yield return new PropertyChange(now, PropertyDrift.Retyped, types);
            }

            if (now.IsGone && !before.IsGone)
            {
                yield return Gone(now);
            }
        }
        else if (now.Name is not null && _oldest.TryGetValue(now.Project, out var oldest) && now.First > oldest)
        {
            yield return new PropertyChange(now, PropertyDrift.New, []);
        }
    }

    private static PropertyChange Gone(EventProperty property) => new(property, PropertyDrift.Gone, []);

    private static IEnumerable<string> Real(EventProperty property) =>
        property.Types.Select(type => type.Name).Where(type => type != Null);
}
