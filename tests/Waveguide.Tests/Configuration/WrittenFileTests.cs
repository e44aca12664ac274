using Waveguide.Cli.Configuration;
using Waveguide.Cli.Configuration.Writing;
using Waveguide.Diagnostics;

namespace Waveguide.Tests.Configuration;

public sealed class WrittenFileTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(ConfigurationPage.RepositoryPath)]
    [InlineData(ConfigurationSchema.RepositoryPath)]
    public void A_file_of_the_documentation_is_what_the_code_generates(string path)
    {
        var generated =
            path == ConfigurationPage.RepositoryPath ? ConfigurationPage.Render() : ConfigurationSchema.Render();
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("WAVEGUIDE_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, generated);
        }

        Assert.Equal(generated, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_first_file_of_a_user_is_read_as_it_was_meant()
    {
        var values = new TemplateValues
        {
            Destination = "file:./my lake?format=parquet",
            Tables = ["events", "cohorts"],
            Region = DataRegion.Eu,
            Start = UploadHour.Parse("2025-07-09T14"),
        };
        _place.WithYaml(ConfigurationTemplate.Render(values)).With("AMP_API_KEY", "a").With("AMP_SECRET_KEY", "s");
        var settings = _place.Read();

        Assert.Equal(values.Destination, settings.Destination);
        Assert.Equal(values.Tables, settings.Tables);
        Assert.Equal(values.Region, settings.Projects[0].Region);
        Assert.Equal(values.Start, settings.Projects[0].Start);
        Assert.Equal(new ProjectKeys(new Secret("a"), new Secret("s")), settings.Projects[0].Keys());
    }

    [Fact]
    public void The_first_file_of_a_user_is_short_and_knows_its_schema()
    {
        var text = ConfigurationTemplate.Render(new TemplateValues());

        Assert.StartsWith("# yaml-language-server: $schema=docs/waveguide.schema.json\n", text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.InRange(text.Split('\n').Length, 10, 25);
        Assert.Equal("duckdb:warehouse.duckdb", _place.WithYaml(text).Read().Destination);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("${X}")]
    [InlineData("a: b # c")]
    [InlineData("*x")]
    [InlineData("C:\\data\\\"lake\"")]
    [InlineData("ends:")]
    [InlineData("größe\u2028x")]
    [InlineData("[a, b]")]
    public void Any_destination_survives_being_written(string destination) =>
        Assert.Equal(
            destination,
            _place
                .WithYaml(ConfigurationTemplate.Render(new TemplateValues { Destination = destination }))
                .Read()
                .Destination
        );

    [Fact]
    public void The_example_with_every_setting_says_the_defaults()
    {
        _place.With("AMP_API_KEY", "a").With("AMP_SECRET_KEY", "s");
        var plain = _place.Read();
        var example = _place.WithYaml(ConfigurationExample.Everything()).Read();

        Assert.Equal(plain.Destination, example.Destination);
        Assert.Equal(plain.Availability, example.Availability);
        Assert.Equal(plain.MemoryLimitBytes, example.MemoryLimitBytes);
        Assert.Equal(plain.Projects[0].Keys(), example.Projects[0].Keys());
    }

    [Fact]
    public void The_example_with_two_projects_is_read()
    {
        var projects = _place.WithYaml(ConfigurationExample.TwoProjects).Read().Projects;

        Assert.Equal(["web", "app"], projects.Select(project => project.Name));
    }
}
