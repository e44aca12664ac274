namespace Waveguide.Cli.Configuration.Reading;

/// <summary>Reads the destination's address, and the options that stand beside it in the file.</summary>
internal sealed class DestinationReader(SettingLookup lookup, ConfigurationFile? file)
{
    /// <summary>Options belong to the address beside them; one that was said elsewhere brings its own.</summary>
    public (string Address, IReadOnlyDictionary<string, Found> Options) Read()
    {
        var found = lookup.Find(KnownSettings.Destination);
        var beside = file is null ? null : lookup.InFile(DestinationSettings.Address, file.Top);
        var address = found ?? beside;
        var options = file is null || (found is not null && beside is not null) ? [] : Options(file.Top);
        return (
            address is null ? KnownSettings.Destination.ParseDefault() : KnownSettings.Destination.Parse(address),
            options
        );
    }

    private Dictionary<string, Found> Options(FileGroup group)
    {
        var options = new Dictionary<string, Found>(StringComparer.Ordinal);
        foreach (var setting in DestinationSettings.All.Except([DestinationSettings.Address]))
        {
            if (lookup.InFile(setting, group) is { } found)
            {
                options.Add(setting.Key, found);
            }
        }

        return options;
    }
}
