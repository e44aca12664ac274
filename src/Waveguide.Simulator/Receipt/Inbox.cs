using System.Text.Json;

namespace Waveguide.Simulator.Receipt;

/// <summary>What a project remembers of its senders from one event to the next. Not for several threads.</summary>
internal sealed class Inbox
{
    private static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    private readonly Identities _identities = new();
    private readonly Dictionary<long, Person> _people = [];
    private readonly Groups _groups = new();
    private readonly Dictionary<(string Device, string InsertId), DateTime> _seen = [];

    /// <summary>Takes an event in.</summary>
    /// <returns>Null where it makes no row: identifications, and repetitions within seven days.</returns>
    public Happening? Take(SentEvent sent, Arrival arrival)
    {
        if (IsRepeated(sent, arrival.Uploaded))
        {
            return null;
        }

        if (sent.Type == SentEvent.GroupIdentify)
        {
            _groups.Identify(sent);
            return null;
        }

        var identity = _identities.Of(sent.User, sent.Device);
        if (!_people.TryGetValue(identity.Id, out var person))
        {
            _people[identity.Id] = person = new Person();
        }

        var isFirst = person.See(sent);
        var row = new Happening(sent, identity, isFirst, person.StartVersion, person.IsPaying)
        {
            UserProperties = person.PropertiesAt(sent),
            Groups = person.GroupsAt(sent),
        };
        return sent.Type == SentEvent.Identify
            ? null
            : row with
            {
                GroupProperties = _groups.PropertiesOf(row.Groups),
                GroupIds = _groups.IdsOf(row.Groups),
            };
    }

    private bool IsRepeated(SentEvent sent, DateTime now)
    {
        if (sent.InsertId is not { } insertId)
        {
            return false;
        }

        var key = (sent.Device, insertId);
        if (_seen.TryGetValue(key, out var before) && now - before < Memory)
        {
            return true;
        }

        _seen[key] = now;
        return false;
    }
}

/// <summary>An event with what was known of its sender at that moment; nested values are JSON text.</summary>
internal sealed record Happening(SentEvent Sent, Identity Identity, bool IsFirst, string? StartVersion, bool IsPaying)
{
    public string UserProperties { get; init; } = "{}";

    /// <summary>The groups by type: each a list of names, as JSON text.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    public string GroupProperties { get; init; } = "{}";

    public string GroupIds { get; init; } = "{}";

    public bool UpdatesUser => Sent.Object("user_properties") is { } properties && HasAny(properties);

    private static bool HasAny(JsonElement properties) => properties.EnumerateObject().Any();
}
