using Waveguide.Diagnostics;
using Waveguide.Transform.Templates;

namespace Waveguide.Transform.Project;

/// <summary>A dbt project, read and parsed; nothing of it is rendered yet.</summary>
internal sealed class ModelProject
{
    private readonly ProjectSettings _settings;

    private ModelProject(IReadOnlyList<SourceText> files)
    {
        _settings = ProjectSettings.Read(files);
        Macros = [.. Under(files, _settings.MacroPaths).SelectMany(ParseMacros)];
        var tests = Under(files, _settings.TestPaths).Where(file => file.IsSql).ToList();
        SingularTests =
        [
            .. tests.Where(file => !file.Path.Contains("/generic/", StringComparison.Ordinal)).Select(Parse),
        ];
        Macros = [.. Macros, .. tests.Except(SingularTests.Select(test => test.Source)).SelectMany(ParseMacros)];
        var properties = files
            .Where(file => file.IsYaml && _settings.ModelPaths.Any(file.IsUnder))
            .Select(PropertyFile.Read)
            .ToList();
        Sources = [.. properties.SelectMany(file => file.Sources())];
        var generic = Macros.Select(macro => macro.Name).Where(IsTest).Select(name => name["test_".Length..]).ToList();
        Properties = [.. properties.SelectMany(file => file.Models(generic))];
        Models = [.. Under(files, _settings.ModelPaths).Where(file => file.IsSql).Select(Parse)];
        CheckNames();
    }

    public string Name => _settings.Name;

    public IReadOnlyDictionary<string, object?> Variables => _settings.Variables;

    /// <inheritdoc cref="ProjectSettings.OnRunStart"/>
    public IReadOnlyList<(string File, string Text)> OnRunStart => _settings.OnRunStart;

    public IReadOnlyList<TemplateNode.Macro> Macros { get; }

    public IReadOnlyList<ParsedFile> Models { get; }

    public IReadOnlyList<ParsedFile> SingularTests { get; }

    public IReadOnlyList<SourceTable> Sources { get; }

    public IReadOnlyList<ModelProperties> Properties { get; }

    /// <exception cref="ConfigurationException">A file cannot be understood, or two models have one name.</exception>
    public static ModelProject Read(IReadOnlyList<SourceText> files) => new(files);

    /// <summary>What is set for a model outside its own file, the strongest last.</summary>
    public IEnumerable<KeyValuePair<string, object?>> ConfigOf(ParsedFile model) =>
        _settings
            .ConfigOf(model.Source)
            .Concat(Properties.Where(entry => entry.Name == model.Name).SelectMany(entry => entry.Config));

    private static bool IsTest(string macro) => macro.StartsWith("test_", StringComparison.Ordinal);

    private static IEnumerable<SourceText> Under(IReadOnlyList<SourceText> files, IReadOnlyList<string> folders) =>
        files.Where(file => folders.Any(file.IsUnder));

    private static ParsedFile Parse(SourceText file) => new(file, TemplateParser.Parse(file.Shown, file.Text));

    private static IEnumerable<TemplateNode.Macro> ParseMacros(SourceText file) =>
        file.IsSql ? TemplateParser.Parse(file.Shown, file.Text).OfType<TemplateNode.Macro>() : [];

    private void CheckNames()
    {
        foreach (
            var twins in Models.GroupBy(model => model.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)
        )
        {
            throw new ConfigurationException(
                $"{twins.First().Source.Shown} and {twins.Last().Source.Shown} are both the model \"{twins.Key}\"."
            );
        }

        var names = Models.Select(model => model.Name).ToList();
        foreach (var entry in Properties.Where(entry => !names.Contains(entry.Name)))
        {
            throw entry.Place.Fault(
                $"there is no model \"{entry.Name}\""
                    + (Suggestion.Nearest(entry.Name, names) is { } near ? $"; did you mean \"{near}\"" : "")
            );
        }
    }
}

internal sealed record ParsedFile(SourceText Source, IReadOnlyList<TemplateNode> Nodes)
{
    public string Name => Source.Name;
}
