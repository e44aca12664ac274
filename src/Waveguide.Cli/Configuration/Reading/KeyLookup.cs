using Waveguide.Diagnostics;

namespace Waveguide.Cli.Configuration.Reading;

/// <summary>
/// Finds a project's keys. A missing one is no error here, because some verbs need none: the project says so when it
/// is asked for its keys.
/// </summary>
internal sealed class KeyLookup(SettingLookup lookup, Variables variables)
{
    private readonly List<string> _missing = [];
    private readonly List<string> _problems = [];

    /// <summary>In the file, or else in the variables AMP_API_KEY and AMP_SECRET_KEY.</summary>
    public Secret? Find(Setting<Secret> setting, FileGroup? top)
    {
        if (top is not null && top.Entries.ContainsKey(setting.Path))
        {
            return InFile(setting, top);
        }

        var found = variables.Find(setting.Variable!);
        if (found is null)
        {
            _missing.Add(setting.Variable!);
            return null;
        }

        return Read(setting, found);
    }

    /// <param name="project">Begins a sentence about the project.</param>
    public Secret? FindInProject(Setting<Secret> setting, FileGroup group, string project)
    {
        if (group.Entries.ContainsKey(setting.Path))
        {
            return InFile(setting, group);
        }

        _problems.Add($"{project} has no {setting.Key}");
        return null;
    }

    /// <summary>What was missing in the calls so far; null when nothing was.</summary>
    public KeyProblem? Problem(string hint)
    {
        if (_missing.Count > 0)
        {
            _problems.Insert(0, $"{string.Join(" and ", _missing)} {(_missing.Count == 1 ? "is" : "are")} not set");
        }

        return _problems.Count == 0 ? null : new KeyProblem($"{string.Join(" and ", _problems)}.", hint);
    }

    private Secret? InFile(Setting<Secret> setting, FileGroup group)
    {
        var found = lookup.InFile(setting, group, out var variable)!;
        if (variable is null)
        {
            return Read(setting, found);
        }

        _problems.Add($"{found.Place} needs the variable {variable}, which is not set");
        return null;
    }

    private Secret? Read(Setting<Secret> setting, Found found)
    {
        if (setting.Reader.TryParse(found.Texts[0].Value, out var secret))
        {
            return secret;
        }

        _problems.Add($"{found.Place} is empty");
        return null;
    }
}
