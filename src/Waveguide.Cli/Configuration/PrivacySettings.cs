using Waveguide.Cli.Configuration.Kinds;
using Waveguide.Cli.Configuration.Reading;

namespace Waveguide.Cli.Configuration;

/// <summary>What is hidden of people, and the keys of the file that say so.</summary>
internal sealed record PrivacySettings
{
    private const string Landing = "landing";
    private const string Hashed = "hmac";
    private const string ModelVariable = "privacy_ip";

    public static readonly Setting<string> Ip = new(
        "privacy.ip",
        new WordKind("keep", "truncate", Hashed, "drop"),
        "What is kept of addresses: all, their network (/24 of IPv4, /48 of IPv6), a hash that needs `key`, or nothing."
    )
    {
        Default = "keep",
    };

    public static readonly Setting<string> IpAt = new(
        "privacy.ip_at",
        new WordKind("models", Landing),
        "Where addresses are hidden: in the models, once their networks were looked up, or at landing, before anything is written."
    )
    {
        Default = "models",
    };

    public static readonly Setting<string> Drop = new(
        "privacy.drop",
        new ColumnKind(onlyText: false),
        "Columns that are left null at landing, in every table that has them."
    )
    {
        Example = "city",
        WithoutIt = "none",
        IsList = true,
    };

    public static readonly Setting<string> Hash = new(
        "privacy.hash",
        new ColumnKind(onlyText: true),
        "Columns whose texts are hashed at landing, in every table that has them; needs `key`."
    )
    {
        Example = "user_id",
        WithoutIt = "none",
        IsList = true,
    };

    public static readonly Setting<PrivacyKey> Key = new(
        "privacy.key",
        new PrivacyKeyKind(),
        "The secret of hashes. Best written as a variable, never as it is."
    )
    {
        Example = "${WAVEGUIDE_PRIVACY_KEY}",
        WithoutIt = "the variable",
        Variable = "WAVEGUIDE_PRIVACY_KEY",
    };

    public static Section Section { get; } =
        new("privacy", "What is hidden of people, and where: see [privacy](privacy.md).");

    /// <summary>In the order in which they are documented.</summary>
    public static IReadOnlyList<Setting> All { get; } = [Ip, IpAt, Drop, Hash, Key];

    /// <summary>What is taken out of rows before they are written; its key may be missing.</summary>
    public required Privacy AtLanding { get; init; }

    /// <summary>What models keep of the addresses that have landed.</summary>
    public required PrivateForm InModels { get; init; }

    /// <summary>Whether rows are written otherwise than they came.</summary>
    public bool HidesAtLanding =>
        AtLanding.Address != PrivateForm.Keep || AtLanding.Drop.Count > 0 || AtLanding.Hash.Count > 0;

    /// <exception cref="ConfigurationException">A value is not of its kind, or two contradict each other.</exception>
    public static PrivacySettings Read(SettingLookup lookup, ConfigurationFile? file)
    {
        var form = Enum.Parse<PrivateForm>(Value(lookup, Ip), ignoreCase: true);
        var isAtLanding = Value(lookup, IpAt) == Landing;
        var (drop, hash) = (Names(lookup, Drop), Names(lookup, Hash));
        return drop.Intersect(hash, StringComparer.Ordinal).FirstOrDefault() is { } both
            ? throw new ConfigurationException($"{both} stands in privacy.drop and in privacy.hash: choose one.")
            : new PrivacySettings
            {
                AtLanding = new Privacy
                {
                    Address = isAtLanding ? form : PrivateForm.Keep,
                    Drop = drop,
                    Hash = hash,
                    Key = KeyOf(lookup, file),
                },
                InModels = isAtLanding ? PrivateForm.Keep : form,
            };
    }

    /// <exception cref="ConfigurationException">Something is to be hashed, and there is no key; or a table cannot do without what is hidden.</exception>
    public void Check(IEnumerable<Table> tables)
    {
        if (AtLanding.Key is null && (AtLanding.Hash.Count > 0 || AtLanding.Address == PrivateForm.Hmac))
        {
            throw KeyMissing(AtLanding.Hash.Count > 0 ? Hash.Path : $"{Ip.Path}: {Hashed}");
        }

        foreach (var table in tables)
        {
            var hidden = table.Name == "events" ? AtLanding.Drop.Concat(AtLanding.Hash) : AtLanding.Drop;
            if (table.PrimaryKey.Intersect(hidden, StringComparer.Ordinal).FirstOrDefault() is { } key)
            {
                throw new ConfigurationException(
                    $"{table.Name} tells its rows apart by {key}, which privacy would hide."
                )
                {
                    Hint = $"Leave {key} out of privacy, or the table out of this run.",
                };
            }
        }
    }

    /// <summary>Variables of the models with what they are to keep of addresses, unless they say so themselves.</summary>
    /// <exception cref="ConfigurationException">They hold the key, or addresses are to be hashed and there is none.</exception>
    public IReadOnlyDictionary<string, string> WithVariables(IReadOnlyDictionary<string, string> said)
    {
        if (said.ContainsKey("privacy_ip_key"))
        {
            throw new ConfigurationException(
                "privacy_ip_key is a secret, and stands neither in transform.vars nor in --var."
            )
            {
                Hint = $"Set the variable {Key.Variable}.",
            };
        }

        var variables = new Dictionary<string, string>(said, StringComparer.Ordinal);
        if (InModels != PrivateForm.Keep)
        {
            variables.TryAdd(ModelVariable, Enum.GetName(InModels)!.ToLowerInvariant());
        }

        return variables.GetValueOrDefault(ModelVariable) == Hashed && AtLanding.Key is null
            ? throw KeyMissing($"{Ip.Path}: {Hashed}")
            : variables;
    }

    /// <param name="asking">What needs the key.</param>
    private static ConfigurationException KeyMissing(string asking) =>
        new($"{asking} needs a key, and {Key.Variable} is not set.")
        {
            Hint = "Make one by openssl rand -hex 32, and keep it: with another, the same text has another hash.",
        };

    /// <summary>A variable of the file that is not set is told when the key is needed.</summary>
    private static PrivacyKey? KeyOf(SettingLookup lookup, ConfigurationFile? file)
    {
        string? missing = null;
        var found = lookup.InVariables(Key) ?? (file is null ? null : lookup.InFile(Key, file.Top, out missing));
        return found is null || missing is not null ? null : Key.Parse(found);
    }

    private static string Value(SettingLookup lookup, Setting<string> setting) =>
        lookup.Find(setting) is { } found ? setting.Parse(found) : setting.ParseDefault();

    private static IReadOnlyList<string> Names(SettingLookup lookup, Setting<string> setting) =>
        lookup.Find(setting) is { } found ? [.. setting.ParseAll(found).Distinct(StringComparer.Ordinal)] : [];
}
