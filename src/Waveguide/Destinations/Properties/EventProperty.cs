namespace Waveguide.Destinations.Properties;

/// <summary>A property that events or users have had, or an event type itself, over all hours that are loaded.</summary>
/// <param name="EventType">Whose property it is; null: one of the users, or of events without a type.</param>
/// <param name="Name">Null: the event type itself.</param>
/// <param name="First">The first upload hour in which it was seen.</param>
/// <param name="Last">The last one.</param>
/// <param name="Types">In the order in which they were first seen.</param>
/// <param name="Count">How many events have had it.</param>
public sealed record EventProperty(
    string Project,
    PropertyKind Kind,
    string? EventType,
    string? Name,
    UploadHour First,
    UploadHour Last,
    IReadOnlyList<PropertyType> Types,
    long Count
)
{
    /// <summary>
    /// Whether it has been missing for a week from events (of its type) that still come; of an event type, from a project
    /// whose events still come, though it came on five of the seven days before.
    /// </summary>
    public bool IsGone { get; init; }

    /// <summary>What tells it from others.</summary>
    public (string Project, PropertyKind Kind, string? EventType, string? Name) Key => (Project, Kind, EventType, Name);
}

public enum PropertyKind
{
    Event,
    User,
}

/// <param name="Name">As JSON has it: text, number, boolean, array, object or null.</param>
/// <param name="First">The first upload hour in which the property had it.</param>
public readonly record struct PropertyType(string Name, UploadHour First);

public enum PropertyDrift
{
    /// <summary>Seen for the first time, though earlier events of the project are known.</summary>
    New,

    /// <summary>Seen with a type that it did not have, null aside.</summary>
    Retyped,

    /// <summary>No longer seen: see <see cref="EventProperty.IsGone"/>, or the hours that had it have other content now.</summary>
    Gone,
}

/// <param name="Types">Of a property that is retyped, those that are new.</param>
public sealed record PropertyChange(EventProperty Property, PropertyDrift Drift, IReadOnlyList<string> Types);
