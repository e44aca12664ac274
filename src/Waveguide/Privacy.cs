using System.Collections.Immutable;

namespace Waveguide;

/// <summary>What is hidden of rows before they are written anywhere.</summary>
public sealed record Privacy
{
    public static Privacy None { get; } = new();

    /// <summary>What is kept of the column <c>ip_address</c>.</summary>
    public PrivateForm Address { get; init; }

    /// <summary>Names of columns that are left null.</summary>
    public IReadOnlyList<string> Drop { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Names of text columns that keep a hash in place of their text.</summary>
    public IReadOnlyList<string> Hash { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Needed where anything is hashed.</summary>
    public PrivacyKey? Key { get; init; }
}

/// <summary>What is kept of a private value.</summary>
public enum PrivateForm
{
    Keep,

    /// <summary>The network: of an IPv4 address /24, of an IPv6 address /48; nothing of a text that is no address.</summary>
    Truncate,

    /// <summary>Its HMAC.</summary>
    Hmac,

    /// <summary>Nothing.</summary>
    Drop,
}
