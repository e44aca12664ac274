using Waveguide.Cli.Configuration;
using Waveguide.Diagnostics;

namespace Waveguide.Tests.Configuration;

public sealed class ProjectTests : IDisposable
{
    private const string TwoProjects = """
        region: eu
        start: 2025-01-01
        source:
          url: https://proxy.example/
        projects:
          - name: web
            api_key: ${WEB_API_KEY}
            secret_key: ${WEB_SECRET_KEY}
          - name: app
            api_key: a
            secret_key: s
            region: us
            start: 2024-06-01
            url: https://app.example/
        """;

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_project_takes_from_the_top_what_it_does_not_say()
    {
        _place.WithYaml(TwoProjects).With("WEB_API_KEY", "w").With("WEB_SECRET_KEY", "x").With("AMP_API_KEY", "other");
        var projects = _place.Read().Projects;

        Assert.Equal(["web", "app"], projects.Select(project => project.Name));
        Assert.Equal([DataRegion.Eu, DataRegion.Us], projects.Select(project => project.Region));
        Assert.Equal(["2025-01-01T00", "2024-06-01T00"], projects.Select(project => project.Start.ToString()));
        Assert.Equal(["proxy.example", "app.example"], projects.Select(project => project.Url!.Host));
        Assert.Equal(new ProjectKeys(new Secret("w"), new Secret("x")), projects[0].Keys());
    }

    [Fact]
    public void The_address_of_the_environment_stands_in_for_every_host() =>
        Assert.All(
            _place.WithYaml(TwoProjects).With("AMPLITUDE_URL", "http://127.0.0.1:9/").Read().Projects,
            project => Assert.Equal("http://127.0.0.1:9/", project.Url!.ToString())
        );

    [Fact]
    public void A_projects_own_region_comes_before_the_environments_but_not_before_the_option()
    {
        _place.WithYaml(TwoProjects).With("AMP_REGION", "eu");

        Assert.Equal([DataRegion.Eu, DataRegion.Us], _place.Read().Projects.Select(project => project.Region));
        var settings = SettingsReader.Read(_place.Request with { Region = "eu" });
        Assert.Equal([DataRegion.Eu, DataRegion.Eu], settings.Projects.Select(project => project.Region));
    }

    [Theory]
    [InlineData(
        "projects:\n  - name: web\n  - name: WEB\n",
        "two projects in waveguide.yml, lines 2 and 3, are called \"WEB\". Rename one."
    )]
    [InlineData(
        "api_key: a\nprojects:\n  - name: web\n",
        "api_key in waveguide.yml, line 1, cannot stand beside projects. Give each project its own keys."
    )]
    [InlineData(
        "projects:\n  - region: eu\n",
        "the project in waveguide.yml, line 2, has no name. Begin it with - name:."
    )]
    [InlineData(
        "projects:\n  - name: my web\n",
        "projects.name in waveguide.yml, line 2, must be a name of letters, digits, _ and -, not \"my web\"."
    )]
    [InlineData(
        "projects:\n  - web\n",
        "the project in waveguide.yml, line 2, must be a group of settings that begins with - name:."
    )]
    [InlineData(
        "projects: []\n",
        "projects in waveguide.yml, line 1, must be a list of projects, each beginning with - name:."
    )]
    [InlineData(
        "projects:\n  web:\n    region: eu\n",
        "projects in waveguide.yml, line 1, must be a list of projects, each beginning with - name:."
    )]
    public void A_list_that_cannot_be_used_is_refused(string yaml, string message) =>
        Assert.Equal(message, _place.WithYaml(yaml).Refusal());
}
