using Microsoft.Extensions.Logging;
using Waveguide.Cli.Configuration;
using Waveguide.Cli.Configuration.Kinds;
using Waveguide.Cli.Configuration.Reading;
using Waveguide.Diagnostics;
using Waveguide.Storage;

namespace Waveguide.Cli.Destinations;

/// <summary>A destination as it was asked for: the address, its options, and the run around it.</summary>
internal sealed class DestinationRequest
{
    private readonly Dictionary<string, Found> _options;

    private DestinationRequest(
        CliHost host,
        Settings settings,
        ILogger logger,
        DestinationAddress address,
        Dictionary<string, Found> options
    )
    {
        Host = host;
        Settings = settings;
        Logger = logger;
        Address = address;
        _options = options;
    }

    public CliHost Host { get; }

    public Settings Settings { get; }

    public ILogger Logger { get; }

    public DestinationAddress Address { get; }

    /// <exception cref="ConfigurationException">The address or an option cannot be used.</exception>
    public static DestinationPlace Place(CliHost host, Settings settings, ILogger logger)
    {
        var request = Read(host, settings, logger);
        return request.Address.Scheme.Place(request);
    }

    /// <exception cref="ConfigurationException">The address or an option cannot be used.</exception>
    public static DestinationRequest Read(CliHost host, Settings settings, ILogger logger) =>
        Read(host, settings, logger, settings.Destination, settings.DestinationOptions);

    /// <summary>The store of a bucket that is a source and no destination.</summary>
    /// <exception cref="ConfigurationException">The address or an option cannot be used.</exception>
    public static IObjectStore Store(CliHost host, Settings settings, ILogger logger, string bucket)
    {
        var request = Read(host, settings, logger, bucket, new Dictionary<string, Found>(StringComparer.Ordinal));
        return request.Address.Scheme is LakeScheme lake
            ? lake.Store(request)
            : throw new ConfigurationException($"source.bucket {Refusal.Quote(bucket)} is no bucket.")
            {
                Hint = "Write s3://bucket/prefix, azure://account/container/prefix or file:./folder.",
            };
    }

    private static DestinationRequest Read(
        CliHost host,
        Settings settings,
        ILogger logger,
        string text,
        IReadOnlyDictionary<string, Found> beside
    )
    {
        var address = DestinationAddress.Parse(text);
        var options = new Dictionary<string, Found>(beside, StringComparer.Ordinal);
        foreach (var (key, value) in address.Query)
        {
            options[key] = new Found($"{key} in the destination's address", [new FoundText(value, value)]);
        }

        foreach (var (key, found) in options)
        {
            Check(address, key, found);
        }

        return new DestinationRequest(host, settings, logger, address, options);
    }

    /// <summary>What the option says, or its variable, or its default; null if there is none of them.</summary>
    /// <exception cref="ConfigurationException">It is not of its kind.</exception>
    public T? Find<T>(Setting<T> option) =>
        _options.TryGetValue(option.Key, out var found) ? option.Parse(found)
        : option.Variable is { } name && Variable(name) is not null ? option.Parse(Settings.Variables.Find(name)!)
        : option.Default is null ? default
        : option.ParseDefault();

    /// <summary>A variable of the environment or of <c>.env</c>; null when it is not set or empty.</summary>
    public string? Variable(string name) =>
        Settings.Variables.Find(name)?.Texts[0].Value is { Length: > 0 } value ? value : null;

    private static void Check(DestinationAddress address, string key, Found found)
    {
        var scheme = address.Scheme;
        if (scheme.Options.FirstOrDefault(option => option.Key == key) is { } known)
        {
            if (known.Kind is SecretKind && address.Query.ContainsKey(key))
            {
                throw new ConfigurationException($"{key} may not stand in an address, which is shown in messages.")
                {
                    Hint =
                        $"Write it under destination: in {ConfigurationFile.DefaultName}, as a variable: {key}: ${{NAME}}.",
                };
            }

            known.Check(found);
            return;
        }

        var keys = scheme.Options.Select(option => option.Key).ToList();
        var near = Suggestion.Nearest(key, keys);
        throw new ConfigurationException(
            near is not null ? $"{scheme.Name}: has no option {Refusal.Quote(key)}. Did you mean \"{near}\"?"
            : keys.Count == 0 ? $"{scheme.Name}: has no options, and so none that is called {Refusal.Quote(key)}."
            : $"{scheme.Name}: has no option {Refusal.Quote(key)}. It has: {string.Join(", ", keys)}."
        );
    }
}
