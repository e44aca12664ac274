namespace Waveguide.Cli.Configuration.Reading;

/// <summary>Lays out a file's keys by the paths of <see cref="KnownSettings"/>, and refuses those that are not there.</summary>
internal sealed class FileOutline(string file)
{
    private readonly Dictionary<string, ConfigEntry> _top = new(StringComparer.Ordinal);
    private List<FileGroup>? _projects;

    /// <exception cref="ConfigurationException">The file cannot be read, or a key has no place.</exception>
    public ConfigurationFile Read(string path)
    {
        var root = YamlText.Parse(TextFile.Read(path, file), file);
        foreach (var entry in root.Entries)
        {
            Place(entry);
        }

        var keys = _top.Values.FirstOrDefault(entry => entry.Key is "api_key" or "secret_key");
        return _projects is null || keys is null
            ? new ConfigurationFile(path, file, new FileGroup(_top, root.Line), _projects)
            : throw new ConfigurationException(
                $"{keys.Key} in {file}, line {keys.Line}, cannot stand beside projects. Give each project its own keys."
            );
    }

    private void Place(ConfigEntry entry)
    {
        var section = KnownSettings.Sections.FirstOrDefault(section => section.Path == entry.Key);
        switch (section, entry.Value)
        {
            case (null, _):
                Place(entry, "", _top);
                break;
            case (_, ConfigNothing):
                break;
            case ({ Short: not null }, not ConfigMap):
                Place(entry, "", _top);
                break;
            case ({ IsList: false }, ConfigMap map):
                PlaceAll(map, section.Prefix, _top);
                break;
            case ({ IsList: true }, ConfigList { Items.Count: > 0 } list):
                _projects = [.. list.Items.Select(item => Project(item, section))];
                break;
            default:
                var form = section.IsList ? "a list of projects, each beginning with - name:" : "a group of settings";
                throw new ConfigurationException($"{entry.Key} in {file}, line {entry.Line}, must be {form}.");
        }
    }

    private FileGroup Project(ConfigNode item, Section section)
    {
        if (item is not ConfigMap map)
        {
            throw new ConfigurationException(
                $"the project in {file}, line {item.Line}, must be a group of settings that begins with - name:."
            );
        }

        var entries = new Dictionary<string, ConfigEntry>(StringComparer.Ordinal);
        PlaceAll(map, section.Prefix, entries);
        return new FileGroup(entries, map.Line);
    }

    private void PlaceAll(ConfigMap map, string prefix, Dictionary<string, ConfigEntry> into)
    {
        foreach (var entry in map.Entries)
        {
            Place(entry, prefix, into);
        }
    }

    private void Place(ConfigEntry entry, string prefix, Dictionary<string, ConfigEntry> into)
    {
        var setting =
            KnownSettings.Under(prefix).FirstOrDefault(setting => setting.Key == entry.Key)
            ?? throw UnknownSetting.At(entry, prefix, file);
        if (entry.Value is not ConfigNothing)
        {
            into[setting.Path] = entry;
        }
    }
}
