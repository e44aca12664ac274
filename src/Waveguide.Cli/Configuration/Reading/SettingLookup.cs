using Waveguide.Cli.Configuration.Kinds;

namespace Waveguide.Cli.Configuration.Reading;

/// <summary>Finds what was said about a setting, the strongest word first.</summary>
internal sealed class SettingLookup(SettingsRequest request, Variables variables, ConfigurationFile? file)
{
    /// <summary>Null when nobody said anything and the default holds.</summary>
    public Found? Find(Setting setting) =>
        InOptions(setting) ?? InVariables(setting) ?? (file is null ? null : InFile(setting, file.Top));

    /// <summary>
    /// Reads every value of the file, also those that stronger words replace; but not the keys, which are asked for
    /// later, and not what needs a variable that is not set, which is told when the value is used.
    /// </summary>
    /// <exception cref="ConfigurationException">A value is not of its setting's kind.</exception>
    public void CheckFile()
    {
        foreach (
            var group in file is null ? []
            : file.Projects is null ? [file.Top]
            : file.Projects.Prepend(file.Top)
        )
        {
            foreach (var setting in KnownSettings.All.Where(setting => setting.Kind is not SecretKind))
            {
                if (InFile(setting, group, out var missing) is { } found && missing is null)
                {
                    setting.Check(found);
                }
            }
        }
    }

    public Found? InOptions(Setting setting)
    {
        IReadOnlyList<string> said = setting.Option switch
        {
            "--destination" when request.Destination is { } destination => [destination],
            "--region" when request.Region is { } region => [region],
            "--table" => request.Tables ?? [],
            "--models" when request.Models is { } models => [models],
            "--var" => request.Variables ?? [],
            "--user-ids" => request.UserIds ?? [],
            _ => [],
        };
        return said.Count == 0 ? null : new Found(setting.Option!, [.. said.Select(text => new FoundText(text, text))]);
    }

    /// <summary>An empty variable says nothing.</summary>
    public Found? InVariables(Setting setting) =>
        setting.Variable is { } name && variables.Find(name) is { } found && !IsBlank(found) ? found : null;

    /// <exception cref="ConfigurationException">The value is no text, or a variable in it is not set.</exception>
    public Found? InFile(Setting setting, FileGroup group) =>
        InFile(setting, group, out var missing) is not { } found ? null
        : missing is null ? found
        : throw new ConfigurationException(
            $"{found.Place} needs the variable {missing}, which is not set. Set it in the environment or in .env."
        );

    /// <param name="missing">A variable that the value needs and that is not set.</param>
    /// <exception cref="ConfigurationException">The value is no text.</exception>
    public Found? InFile(Setting setting, FileGroup group, out string? missing)
    {
        missing = null;
        if (!group.Entries.TryGetValue(setting.Path, out var entry))
        {
            return null;
        }

        var place = $"{setting.Path.Replace("[]", "", StringComparison.Ordinal)} in {file!.Name}, line {entry.Line},";
        var texts = new List<FoundText>();
        foreach (var text in Texts(setting, entry, place))
        {
            texts.Add(new FoundText(Fill(text, place, out var absent), text));
            missing ??= absent;
        }

        return new Found(place, texts);
    }

    private string Fill(string text, string place, out string? missing)
    {
        try
        {
            return variables.Fill(text, out missing);
        }
        catch (FormatException)
        {
            throw new ConfigurationException(
                $"{place} has a ${{ that is not a variable. Write ${{NAME}} or ${{NAME:-default}}, or $${{ for the signs themselves."
            );
        }
    }

    private static IEnumerable<string> Texts(Setting setting, ConfigEntry entry, string place) =>
        (setting.IsList, entry.Value) switch
        {
            (false, ConfigMap map) when setting.IsMap && map.Entries.All(item => item.Value is ConfigText) =>
                map.Entries.Select(item => $"{item.Key}={((ConfigText)item.Value).Text}"),
            (false, _) when setting.IsMap => throw new ConfigurationException(
                $"{place} must be a group of {setting.Kind.Name}, such as {setting.Example}."
            ),
            (false, ConfigText text) => [text.Text],
            (true, ConfigList { Items.Count: > 0 } list) when list.Items.All(item => item is ConfigText) =>
                list.Items.Select(item => ((ConfigText)item).Text),
            (true, _) => throw new ConfigurationException(
                $"{place} must be a list of at least one {setting.Kind.Name}, such as [{setting.Default ?? setting.Example}]."
            ),
            _ => throw new ConfigurationException(
                $"{place} must be {setting.Kind.Expectation}, not a {(entry.Value is ConfigList ? "list" : "group of settings")}."
            ),
        };

    private static bool IsBlank(Found found) => string.IsNullOrWhiteSpace(found.Texts[0].Value);
}
