using Waveguide.Cli.Configuration;
using Waveguide.Diagnostics;

namespace Waveguide.Tests.Configuration;

public sealed class OrderOfStrengthTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Two_keys_in_the_environment_are_enough()
    {
        var settings = _place.With("AMP_API_KEY", "a").With("AMP_SECRET_KEY", "s").Read();

        Assert.Equal("duckdb:warehouse.duckdb", settings.Destination);
        Assert.Equal(["events"], settings.Tables);
        Assert.Equal(new Availability(), settings.Availability);
        Assert.Equal(new ScanLimits(), settings.Limits);
        Assert.Equal(4, settings.Requests);
        Assert.Equal(TimeSpan.FromMinutes(10), settings.Timeout);
        Assert.Equal(160_000_000, settings.MemoryLimitBytes);
        Assert.Null(settings.Threads);
        Assert.Null(settings.SpoolFolder);
        Assert.Null(settings.File);
        var project = Assert.Single(settings.Projects);
        Assert.Equal("default", project.Name);
        Assert.Equal(DataRegion.Us, project.Region);
        Assert.Null(project.Start);
        Assert.Null(project.Url);
        Assert.Equal(new ProjectKeys(new Secret("a"), new Secret("s")), project.Keys());
    }

    [Fact]
    public void A_value_is_taken_from_the_strongest_place_that_has_one()
    {
        Assert.Equal("duckdb:warehouse.duckdb", _place.Read().Destination);
        _place.WithYaml("destination: file:./yaml\n");
        Assert.Equal("file:./yaml", _place.Read().Destination);
        _place.WithFile(".env", "WAVEGUIDE_DESTINATION=file:./dotenv\n");
        Assert.Equal("file:./dotenv", _place.Read().Destination);
        _place.With("WAVEGUIDE_DESTINATION", "file:./environment");
        Assert.Equal("file:./environment", _place.Read().Destination);
        var request = _place.Request with { Destination = "file:./option" };
        Assert.Equal("file:./option", SettingsReader.Read(request).Destination);
    }

    [Fact]
    public void Options_name_tables_and_region()
    {
        _place.WithYaml("tables: [events, cohorts]\nregion: us\n").With("AMP_REGION", "us");
        var settings = SettingsReader.Read(_place.Request with { Region = "EU", Tables = ["users", "users"] });

        Assert.Equal(["users"], settings.Tables);
        Assert.Equal(DataRegion.Eu, settings.Projects[0].Region);
    }

    [Fact]
    public void No_table_option_leaves_the_files_tables()
    {
        _place.WithYaml("tables: [events, cohorts]\n");

        Assert.Equal(["events", "cohorts"], SettingsReader.Read(_place.Request with { Tables = [] }).Tables);
    }

    [Fact]
    public void An_empty_variable_says_nothing()
    {
        var settings = _place.With("AMP_REGION", "").With("AMPLITUDE_URL", " ").With("WAVEGUIDE_CONFIG", "").Read();

        Assert.Equal(DataRegion.Us, settings.Projects[0].Region);
        Assert.Null(settings.Projects[0].Url);
    }

    [Fact]
    public void Keys_written_in_the_file_come_before_the_usual_variables()
    {
        _place.With("AMP_API_KEY", "usual").With("AMP_SECRET_KEY", "usual").With("STAGING", "staging");
        _place.WithYaml("api_key: ${STAGING}\nsecret_key: literal\n");

        Assert.Equal(new ProjectKeys(new Secret("staging"), new Secret("literal")), _place.Read().Projects[0].Keys());
    }

    [Fact]
    public void The_file_may_be_named_by_an_option_or_a_variable()
    {
        _place.WithYaml("tables: [a]\n").WithFile("b.yml", "tables: [b]\n").WithFile("c.yml", "tables: [c]\n");
        _place.With("WAVEGUIDE_CONFIG", "b.yml");

        Assert.Equal(["b"], _place.Read().Tables);
        var settings = SettingsReader.Read(_place.Request with { ConfigPath = "c.yml" });
        Assert.Equal(["c"], settings.Tables);
        Assert.Equal(Path.Combine(_place.Folder, "c.yml"), settings.File);
    }

    [Fact]
    public void Reading_changes_no_variable_of_the_process()
    {
        _place.WithFile(".env", "WAVEGUIDE_TEST_OF_DOTENV=1\n").Read();

        Assert.Null(Environment.GetEnvironmentVariable("WAVEGUIDE_TEST_OF_DOTENV"));
    }
}
