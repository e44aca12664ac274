using Waveguide.Cli.Configuration;

namespace Waveguide.Tests.Configuration;

public sealed class EverySettingTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Every_setting_of_a_file_is_read()
    {
        var settings = _place
            .WithYaml(
                """
                destination: s3://bucket/prefix?endpoint=http://127.0.0.1:9000
                tables: [events, cohorts]
                region: EU
                start: 2025-07-09T14
                source:
                  url: https://proxy.example/amplitude
                  availability_lag: 90m
                  confirm_after: 1d12h
                  requests: 2
                  timeout: 45s
                load:
                  max_rejected: 0
                  memory: 1.5GiB
                  threads: 3
                  spool: ./spool
                transform:
                  models: models
                  memory: 2GB
                  vars: { rage_clicks: 3, site_1: UK }
                privacy:
                  ip: truncate
                  ip_at: landing
                  drop: [city, dma]
                  hash: [user_id]
                  key: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                """
            )
            .Read();

        Assert.Equal("s3://bucket/prefix?endpoint=http://127.0.0.1:9000", settings.Destination);
        Assert.Equal(["events", "cohorts"], settings.Tables);
        Assert.Equal(TimeSpan.FromMinutes(90), settings.Availability.Lag);
        Assert.Equal(TimeSpan.FromHours(36), settings.Availability.ConfirmAfter);
        Assert.Equal(2, settings.Requests);
        Assert.Equal(TimeSpan.FromSeconds(45), settings.Timeout);
        Assert.Equal(0, settings.Limits.MaxRejected);
        Assert.Equal(1536L * 1024 * 1024, settings.MemoryLimitBytes);
        Assert.Equal(3, settings.Threads);
        Assert.Equal(Path.Combine(_place.Folder, "spool"), settings.SpoolFolder);
        Assert.Equal(Path.Combine(_place.Folder, "models"), settings.ModelFolder);
        Assert.Equal(2_000_000_000, settings.TransformMemoryBytes);
        Assert.Equal("3", settings.ModelVariables["rage_clicks"]);
        Assert.Equal("UK", settings.ModelVariables["site_1"]);
        Assert.True(settings.Privacy.HidesAtLanding);
        Assert.Equal(PrivateForm.Truncate, settings.Privacy.AtLanding.Address);
        Assert.Equal(PrivateForm.Keep, settings.Privacy.InModels);
        Assert.Equal(["city", "dma"], settings.Privacy.AtLanding.Drop);
        Assert.Equal(["user_id"], settings.Privacy.AtLanding.Hash);
        Assert.NotNull(settings.Privacy.AtLanding.Key);
        Assert.Equal(Path.Combine(_place.Folder, "waveguide.yml"), settings.File);
        var project = Assert.Single(settings.Projects);
        Assert.Equal(DataRegion.Eu, project.Region);
        Assert.Equal(UploadHour.Parse("2025-07-09T14"), project.Start);
        Assert.Equal(new Uri("https://proxy.example/amplitude"), project.Url);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n")]
    [InlineData("source:\nload:\n  # memory: 1GB\nprojects:\nstart:\nregion: ~\n")]
    [InlineData("\uFEFF")]
    public void A_file_that_says_nothing_means_the_defaults(string text)
    {
        var settings = _place.WithYaml(text).Read();

        Assert.Equal("duckdb:warehouse.duckdb", settings.Destination);
        Assert.Equal("default", Assert.Single(settings.Projects).Name);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://localhost:8080/")]
    [InlineData("http://[::1]:8080/")]
    public void Plain_http_is_for_this_machine(string url) =>
        Assert.Equal(new Uri(url), _place.With("AMPLITUDE_URL", url).Read().Projects[0].Url);

    [Fact]
    public void An_anchor_may_be_referred_to() =>
        Assert.Equal(
            TimeSpan.FromHours(5),
            _place
                .WithYaml("source:\n  availability_lag: &lag 5h\n  confirm_after: *lag\n")
                .Read()
                .Availability.ConfirmAfter
        );

    [Fact]
    public void Windows_line_ends_change_nothing() =>
        Assert.Equal(2, _place.WithYaml("region: us\r\nsource:\r\n  requests: 2\r\n").Read().Requests);

    [Fact]
    public void Every_default_is_a_value_of_its_kind()
    {
        foreach (var setting in KnownSettings.All.Where(setting => setting.Default is not null))
        {
            Assert.NotNull(setting.GetType().GetMethod("ParseDefault")!.Invoke(setting, []));
        }
    }
}
