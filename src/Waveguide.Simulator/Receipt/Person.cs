using System.Text.Json;

namespace Waveguide.Simulator.Receipt;

/// <summary>One Amplitude id: its properties, its groups, and what it did before.</summary>
internal sealed class Person
{
    private readonly PropertyBag _properties = new();
    private readonly Dictionary<string, IReadOnlyList<string>> _groups = new(StringComparer.Ordinal);
    private bool _hasEvents;

    public string? StartVersion { get; private set; }

    public bool IsPaying { get; private set; }

    /// <summary>Notes the event.</summary>
    /// <returns>Whether it is the person's first; identifications are no events.</returns>
    public bool See(SentEvent sent)
    {
        StartVersion ??= sent.Text("app_version");
        IsPaying |= HasRevenue(sent);
        if (sent.Type == SentEvent.Identify)
        {
            return false;
        }

        var isFirst = !_hasEvents;
        _hasEvents = true;
        return isFirst;
    }

    /// <summary>The properties at this event, its own applied; they stay unless the event says that they do not.</summary>
    public string PropertiesAt(SentEvent sent)
    {
        var sync =
            !sent.Json.TryGetProperty("$skip_user_properties_sync", out var skip)
            || skip.ValueKind != JsonValueKind.True;
        var bag = sync ? _properties : new PropertyBag();
        if (sent.Object("user_properties") is { } properties)
        {
            bag.Apply(properties);
        }

        return bag.ToJson();
    }

    /// <summary>The groups at this event; those of an identification stay.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> GroupsAt(SentEvent sent)
    {
        var own = Groups.Of(sent);
        if (sent.Type == SentEvent.Identify)
        {
            foreach (var (type, names) in own)
            {
                _groups[type] = names;
            }
        }

        var all = new Dictionary<string, IReadOnlyList<string>>(_groups, StringComparer.Ordinal);
        foreach (var (type, names) in own)
        {
            all[type] = names;
        }

        return all;
    }

    private static bool HasRevenue(SentEvent sent) =>
        (sent.Number("revenue") ?? sent.Number("price") * (sent.Number("quantity") ?? 1) ?? Revenue(sent)) > 0;

    private static decimal Revenue(SentEvent sent) =>
        sent.Type == "revenue_amount"
        && sent.Object("event_properties") is { } properties
        && properties.TryGetProperty("$price", out var price)
        && price.TryGetDecimal(out var amount)
            ? amount
            : 0;
}
