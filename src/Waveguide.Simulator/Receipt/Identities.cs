namespace Waveguide.Simulator.Receipt;

/// <summary>
/// Which Amplitude id an event belongs to ("How Amplitude identifies your users"): the first user of an anonymous device
/// takes its id over, a known user keeps his own on any device, and an anonymous event goes to the device's last user.
/// </summary>
internal sealed class Identities
{
    private readonly Dictionary<string, long> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Owner> _devices = new(StringComparer.Ordinal);
    private long _last = 550_000_000_000;

    public Identity Of(string? user, string device)
    {
        var known = _devices.GetValueOrDefault(device);
        if (user is null)
        {
            return known is null
                ? Keep(device, new Owner(++_last, IsAnonymous: true), isNew: true)
                : new Identity(known.Id, IsNew: false, Merged: null);
        }

        if (!_users.TryGetValue(user, out var id))
        {
            id = known is { IsAnonymous: true } ? known.Id : ++_last;
            _users[user] = id;
            return Keep(device, new Owner(id, IsAnonymous: false), isNew: id != known?.Id);
        }

        var merged = known is { IsAnonymous: true } ? known.Id : (long?)null;
        return Keep(device, new Owner(id, IsAnonymous: false), isNew: false) with { Merged = merged };
    }

    private Identity Keep(string device, Owner owner, bool isNew)
    {
        _devices[device] = owner;
        return new Identity(owner.Id, isNew, Merged: null);
    }

    private sealed record Owner(long Id, bool IsAnonymous);
}

/// <summary>Whose an event is.</summary>
/// <param name="Id">The Amplitude id.</param>
/// <param name="IsNew">Whether it was seen for the first time.</param>
/// <param name="Merged">The anonymous id that became part of it with this event; null if none did.</param>
internal sealed record Identity(long Id, bool IsNew, long? Merged);
