namespace Waveguide.Tests.Configuration;

public sealed class DestinationTests : IDisposable
{
    private const string Beside = "destination:\n  address: file:./lake\n  format: parquet\n";

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Options_stand_beside_the_address()
    {
        var settings = _place.WithYaml(Beside).Read();
        Assert.Equal("file:./lake", settings.Destination);
        Assert.Equal("parquet", Assert.Single(settings.DestinationOptions).Value.Texts[0].Value);
    }

    [Fact]
    public void An_address_that_is_said_elsewhere_does_not_take_the_options_of_another()
    {
        var settings = _place.WithYaml(Beside).With("WAVEGUIDE_DESTINATION", "duckdb:x.duckdb").Read();
        Assert.Equal("duckdb:x.duckdb", settings.Destination);
        Assert.Empty(settings.DestinationOptions);
    }

    [Fact]
    public void Options_without_an_address_belong_to_whatever_address_there_is()
    {
        _place.WithYaml("destination: {format: json}\n").With("WAVEGUIDE_DESTINATION", "file:./lake");
        var settings = _place.Read();
        Assert.Equal("file:./lake", settings.Destination);
        Assert.Equal("json", settings.DestinationOptions["format"].Texts[0].Value);
    }

    [Fact]
    public void A_misspelt_format_is_refused_with_the_one_that_was_meant() =>
        Assert.Equal(
            "destination.format in waveguide.yml, line 1, must be json.gz, json or parquet, not \"parket\". "
                + "Did you mean \"parquet\"?",
            _place.WithYaml("destination: {format: parket}\n").Refusal()
        );
}
