namespace Waveguide.Tests.Configuration;

public sealed class HiddenSecretTests : IDisposable
{
    private const string Marked = "d0n0tsh0wd0n0tsh0wd0n0tsh0w12345";

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("api_key:SECRET\n")]
    [InlineData("{api_key:SECRET}\n")]
    [InlineData("api_key: SECRET: x\n")]
    [InlineData("api_key: *SECRET\n")]
    [InlineData("api_key: !SECRET x\n")]
    [InlineData("api_key: '${SECRET'\n")]
    [InlineData("api_key: \"SECRET\n")]
    [InlineData("api_key: [SECRET]\n")]
    [InlineData("api_key: {SECRET: SECRET}\n")]
    [InlineData("SECRET: x\n")]
    [InlineData("SECRET: x\nSECRET: y\n")]
    [InlineData("apikey: SECRET\n")]
    [InlineData("region: SECRET\n")]
    [InlineData("start: SECRET\n")]
    [InlineData("tables: SECRET\n")]
    [InlineData("projects: SECRET\n")]
    [InlineData("projects: [SECRET]\n")]
    [InlineData("projects: [{name: 'SECRET!'}]\n")]
    [InlineData("projects: [{name: SECRET}, {name: SECRET}]\n")]
    [InlineData("source: SECRET\n")]
    [InlineData("source: {url: 'https://SECRET:SECRET@proxy.example'}\n")]
    [InlineData("source: {url: 'http://SECRET.example'}\n")]
    [InlineData("source: {requests: SECRET}\n")]
    [InlineData("source: {timeout: SECRET}\n")]
    [InlineData("load: {memory: SECRET}\n")]
    [InlineData("load: {memory: '${AMP_SECRET_KEY}'}\n")]
    [InlineData("region: '${AMP_SECRET_KEY}'\n")]
    [InlineData("start: ${AMP_API_KEY}\n")]
    [InlineData("projects: [{name: '${AMP_API_KEY}'}, {name: '${AMP_API_KEY}'}]\n")]
    public void No_fault_of_a_file_shows_a_secret(string yaml)
    {
        _place.With("AMP_API_KEY", Marked).With("AMP_SECRET_KEY", Marked);
        _place.WithYaml(
            yaml.Replace("SECRET", Marked, StringComparison.Ordinal)
                .Replace($"AMP_{Marked}_KEY", "AMP_SECRET_KEY", StringComparison.Ordinal)
        );

        AssertHidden(Assert.Throws<ConfigurationException>(() => _place.Read()));
    }

    [Theory]
    [InlineData("SECRET\n")]
    [InlineData("AMP_API_KEY: SECRET\n")]
    [InlineData("AMP_API_KEY='SECRET\n")]
    [InlineData("AMP_API_KEY=\"SECRET\" SECRET\n")]
    [InlineData("AMP_REGION=SECRET\n")]
    [InlineData("AMPLITUDE_URL=https://SECRET@proxy.example\n")]
    public void No_fault_of_the_env_file_shows_a_secret(string text)
    {
        _place.WithFile(".env", text.Replace("SECRET", Marked, StringComparison.Ordinal));

        AssertHidden(Assert.Throws<ConfigurationException>(() => _place.Read()));
    }

    [Fact]
    public void A_missing_key_does_not_show_the_other()
    {
        var project = _place.With("AMP_API_KEY", Marked).Read().Projects[0];

        AssertHidden(Assert.Throws<ConfigurationException>(project.Keys));
    }

    [Fact]
    public void Settings_written_as_text_do_not_show_keys()
    {
        var settings = _place.With("AMP_API_KEY", Marked).With("AMP_SECRET_KEY", Marked).Read();

        Assert.DoesNotContain(Marked, settings.Projects[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Marked, settings.Projects[0].Keys().ToString(), StringComparison.Ordinal);
    }

    private static void AssertHidden(ConfigurationException fault)
    {
        Assert.DoesNotContain(Marked, fault.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Marked, fault.Hint ?? "", StringComparison.OrdinalIgnoreCase);
    }
}
