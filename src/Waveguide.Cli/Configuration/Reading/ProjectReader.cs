namespace Waveguide.Cli.Configuration.Reading;

/// <summary>Reads the projects that a file lists, or the one that everything is about when it lists none.</summary>
internal sealed class ProjectReader(SettingLookup lookup, Variables variables, ConfigurationFile? file)
{
    private const string DefaultHint =
        "Set AMP_API_KEY and AMP_SECRET_KEY in the environment or in .env; Amplitude shows both in the project's settings.";

    public IReadOnlyList<ProjectSettings> Read()
    {
        if (file?.Projects is not { } groups)
        {
            return [Default()];
        }

        var projects = new List<ProjectSettings>();
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups)
        {
            var project = Listed(group, file);
            if (!lines.TryAdd(project.Name, group.Line))
            {
                throw new ConfigurationException(
                    $"two projects in {file.Name}, lines {lines[project.Name]} and {group.Line}, are called {Refusal.Quote(project.Name)}. Rename one."
                );
            }

            projects.Add(project);
        }

        return projects;
    }

    private ProjectSettings Default()
    {
        var keys = new KeyLookup(lookup, variables);
        return new ProjectSettings
        {
            Name = ProjectSettings.DefaultName,
            ApiKey = keys.Find(KnownSettings.ApiKey, file?.Top),
            SecretKey = keys.Find(KnownSettings.SecretKey, file?.Top),
            Region = Region(lookup.Find(KnownSettings.Region)),
            Start = Start(lookup.Find(KnownSettings.Start)),
            Url = Url(lookup.Find(KnownSettings.Url)),
            App = App(lookup.Find(BucketSettings.App)),
            KeyProblem = keys.Problem(DefaultHint),
        };
    }

    private ProjectSettings Listed(FileGroup group, ConfigurationFile inFile)
    {
        var name =
            lookup.InFile(KnownSettings.ProjectName, group)
            ?? throw new ConfigurationException(
                $"the project in {inFile.Name}, line {group.Line}, has no name. Begin it with - name:."
            );
        var parsed = KnownSettings.ProjectName.Parse(name);
        var place = $"project {Refusal.Quote(parsed)} in {inFile.Name}, line {group.Line},";
        var keys = new KeyLookup(lookup, variables);
        return new ProjectSettings
        {
            Name = parsed,
            ApiKey = keys.FindInProject(KnownSettings.ProjectApiKey, group, place),
            SecretKey = keys.FindInProject(KnownSettings.ProjectSecretKey, group, place),
            Region = Region(
                lookup.InOptions(KnownSettings.Region)
                    ?? lookup.InFile(KnownSettings.ProjectRegion, group)
                    ?? lookup.Find(KnownSettings.Region)
            ),
            Start = Start(lookup.InFile(KnownSettings.ProjectStart, group) ?? lookup.Find(KnownSettings.Start)),
            Url = Url(
                lookup.InVariables(KnownSettings.Url)
                    ?? lookup.InFile(KnownSettings.ProjectUrl, group)
                    ?? lookup.Find(KnownSettings.Url)
            ),
            App = App(lookup.InFile(BucketSettings.ProjectApp, group) ?? lookup.Find(BucketSettings.App)),
            KeyProblem = keys.Problem(Hint(parsed)),
        };
    }

    private static string Hint(string project)
    {
        var variable = project.ToUpperInvariant().Replace('-', '_');
        return $"Write api_key: ${{{variable}_API_KEY}} and secret_key: ${{{variable}_SECRET_KEY}} under the project, "
            + "and set these variables in the environment or in .env.";
    }

    private static DataRegion Region(Found? found) =>
        found is null ? KnownSettings.Region.ParseDefault() : KnownSettings.Region.Parse(found);

    private static UploadHour? Start(Found? found) => found is null ? null : KnownSettings.Start.Parse(found);

    private static int? App(Found? found) => found is null ? null : BucketSettings.App.Parse(found);

    private static Uri? Url(Found? found) => found is null ? null : KnownSettings.Url.Parse(found);
}
