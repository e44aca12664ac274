using Waveguide.Diagnostics;

namespace Waveguide.Tests.Configuration;

public sealed class MissingKeyTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Nothing_needs_keys_until_it_asks_for_them()
    {
        var project = Assert.Single(_place.Read().Projects);

        Assert.Null(project.ApiKey);
        Assert.Null(project.SecretKey);
        var fault = Assert.Throws<ConfigurationException>(project.Keys);
        Assert.Equal("AMP_API_KEY and AMP_SECRET_KEY are not set.", fault.Message);
        Assert.Equal(
            "Set AMP_API_KEY and AMP_SECRET_KEY in the environment or in .env; "
                + "Amplitude shows both in the project's settings.",
            fault.Hint
        );
    }

    [Fact]
    public void A_single_missing_key_is_named() =>
        Assert.Equal("AMP_SECRET_KEY is not set.", Message(_place.With("AMP_API_KEY", "a")));

    [Fact]
    public void An_empty_key_is_told_from_a_missing_one() =>
        Assert.Equal(
            "AMP_SECRET_KEY is not set and AMP_API_KEY in the environment is empty.",
            Message(_place.With("AMP_API_KEY", " "))
        );

    [Fact]
    public void An_empty_key_of_the_environment_is_not_replaced_by_that_of_the_file() =>
        Assert.Equal(
            "AMP_API_KEY in the environment is empty.",
            Message(_place.With("AMP_API_KEY", "").WithFile(".env", "AMP_API_KEY=a\nAMP_SECRET_KEY=s\n"))
        );

    [Fact]
    public void A_variable_that_a_key_needs_is_named_with_its_line() =>
        Assert.Equal(
            "api_key in waveguide.yml, line 2, needs the variable NOT_THERE, which is not set "
                + "and secret_key in waveguide.yml, line 3, is empty.",
            Message(_place.WithYaml("region: us\napi_key: ${NOT_THERE}\nsecret_key: ''\n"))
        );

    [Fact]
    public void A_project_without_keys_does_not_borrow_those_of_the_environment()
    {
        _place.With("AMP_API_KEY", "a").With("AMP_SECRET_KEY", "s");
        var project = _place.WithYaml("projects:\n  - name: my-web\n    api_key: a\n").Read().Projects[0];

        var fault = Assert.Throws<ConfigurationException>(project.Keys);
        Assert.Equal("project \"my-web\" in waveguide.yml, line 2, has no secret_key.", fault.Message);
        Assert.Equal(
            "Write api_key: ${MY_WEB_API_KEY} and secret_key: ${MY_WEB_SECRET_KEY} under the project, "
                + "and set these variables in the environment or in .env.",
            fault.Hint
        );
    }

    [Theory]
    [InlineData(" abc\n")]
    [InlineData("\"abc\"")]
    [InlineData(" 'abc' ")]
    public void Blanks_and_quotes_around_a_key_are_left_out(string key)
    {
        var keys = _place.With("AMP_API_KEY", key).With("AMP_SECRET_KEY", "s").Read().Projects[0].Keys();

        Assert.Equal(new Secret("abc"), keys.ApiKey);
    }

    private static string Message(Workplace place) =>
        Assert.Throws<ConfigurationException>(place.Read().Projects[0].Keys).Message;
}
