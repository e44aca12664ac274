namespace Waveguide.Tests.Configuration;

public sealed class RefusedValueTests : IDisposable
{
    private const string Url = "source.url in waveguide.yml, line 2,";

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("source: {requests: four}", "must be a whole number from 1 to 4, not \"four\"")]
    [InlineData("source: {requests: 5}", "must be a whole number from 1 to 4, not \"5\"")]
    [InlineData("source: {requests: 0}", "must be a whole number from 1 to 4, not \"0\"")]
    [InlineData("source: {requests: 1.5}", "must be a whole number from 1 to 4, not \"1.5\"")]
    [InlineData("source: {requests: [1]}", "must be a whole number from 1 to 4, not a list")]
    [InlineData("source: {requests: {a: 1}}", "must be a whole number from 1 to 4, not a group of settings")]
    [InlineData("source: {requests: ''}", "is empty; it must be a whole number from 1 to 4")]
    [InlineData("load: {max_rejected: -1}", "must be a whole number, 0 or more, not \"-1\"")]
    [InlineData("load: {max_rejected: 99999999999}", "must be a whole number, 0 or more, not \"99999999999\"")]
    [InlineData("load: {threads: 0}", "must be a whole number from 1 to 1024, not \"0\"")]
    [InlineData("load: {memory: 250}", "must be a size of at least 32MB, such as 250MB, 1.5GB or 2GiB, not \"250\"")]
    [InlineData("load: {memory: 1KB}", "must be a size of at least 32MB, such as 250MB, 1.5GB or 2GiB, not \"1KB\"")]
    [InlineData(
        "start: 2025-13-01",
        "must be a UTC day (2025-07-09) or a UTC hour (2025-07-09T14), not \"2025-13-01\""
    )]
    [InlineData(
        "start: 09.07.2025",
        "must be a UTC day (2025-07-09) or a UTC hour (2025-07-09T14), not \"09.07.2025\""
    )]
    [InlineData("tables: events", "must be a list of at least one name, such as [events]")]
    [InlineData("tables: []", "must be a list of at least one name, such as [events]")]
    [InlineData("tables: [events, [users]]", "must be a list of at least one name, such as [events]")]
    [InlineData("tables: [events, '']", "is empty; it must be one line of text")]
    [InlineData("destination: \"a\\nb\"", "must be one line of text, not ***")]
    [InlineData("load: {spool: \"a\\0b\"}", "must be one line of text, not ***")]
    [InlineData("destination: ''", "is empty; it must be one line of text")]
    [InlineData("destination: [x]", "must be one line of text, not a list")]
    [InlineData("destination: {format: csv}", "must be json.gz, json or parquet, not \"csv\"")]
    public void A_value_of_another_form_is_refused_with_its_line(string yaml, string what)
    {
        var message = _place.WithYaml($"\n{yaml}\n").Refusal();

        Assert.EndsWith($" in waveguide.yml, line 2, {what}.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("3 hours")]
    [InlineData("h")]
    [InlineData("-3h")]
    [InlineData("1m1h")]
    [InlineData("31d")]
    [InlineData("99999999h")]
    [InlineData("3h\n")]
    public void A_duration_needs_a_number_a_unit_and_sense(string text) =>
        Assert.StartsWith(
            "source.availability_lag in waveguide.yml, line 2, must be a duration from 0s to 30d, "
                + "such as 45s, 90m, 3h or 1h30m, not ",
            _place
                .WithYaml($"source:\n  availability_lag: \"{text.Replace("\n", "x\\n", StringComparison.Ordinal)}\"\n")
                .Refusal()
        );

    [Theory]
    [InlineData("usa", "\"usa\". Did you mean \"us\"?")]
    [InlineData("eu-central-1", "\"eu-central-1\". Did you mean \"eu\"?")]
    [InlineData("UK", "\"UK\". Did you mean \"eu\"?")]
    [InlineData("asia", "\"asia\".")]
    public void An_unknown_region_is_refused(string region, string end)
    {
        Assert.Equal(
            $"AMP_REGION in the environment must be us or eu, not {end}",
            _place.With("AMP_REGION", region).Refusal()
        );
        Assert.Equal($"--region must be us or eu, not {end}", _place.Refusal(_place.Request with { Region = region }));
    }

    [Theory]
    [InlineData(
        "http://amplitude.com",
        "must begin with https://, because the keys travel with every request; plain http is for this machine only (127.0.0.1, localhost)."
    )]
    [InlineData(
        "https://me:pass@proxy.example",
        "must not hold a user name or password: addresses are shown in messages. The keys have settings of their own."
    )]
    [InlineData("ftp://proxy.example", "must begin with https://.")]
    [InlineData("proxy.example", "must be an address such as https://proxy.example.")]
    [InlineData("https://", "must be an address such as https://proxy.example.")]
    [InlineData("https://proxy.example/?a=b", "must not have a part after ? or #.")]
    public void An_address_that_keys_must_not_be_sent_to_is_refused(string url, string what) =>
        Assert.Equal($"{Url} {what}", _place.WithYaml($"source:\n  url: {url}\n").Refusal());

    [Fact]
    public void A_variable_that_is_not_set_is_named_with_its_line() =>
        Assert.Equal(
            "destination in waveguide.yml, line 2, needs the variable NOT_THERE, which is not set. "
                + "Set it in the environment or in .env.",
            _place.WithYaml("region: us\ndestination: file:${NOT_THERE}/lake\n").Refusal()
        );

    [Fact]
    public void A_value_of_the_file_is_checked_even_where_another_replaces_it()
    {
        _place.WithYaml("start: x\nprojects:\n  - name: web\n    start: 2025-01-01\n");
        Assert.StartsWith("start in waveguide.yml, line 1, must be a UTC day", _place.Refusal());

        _place.WithYaml("region: x\n").With("AMP_REGION", "eu");
        Assert.StartsWith("region in waveguide.yml, line 1, must be us or eu", _place.Refusal());
    }

    [Fact]
    public void A_variable_is_not_missed_where_another_value_replaces_it() =>
        Assert.Equal(
            "x",
            _place.WithYaml("destination: ${NOT_THERE}\n").With("WAVEGUIDE_DESTINATION", "x").Read().Destination
        );

    [Fact]
    public void A_refused_value_that_came_from_a_variable_is_not_shown() =>
        Assert.Equal(
            "source.requests in waveguide.yml, line 1, must be a whole number from 1 to 4, not what \"${R}\" stands for.",
            _place.With("R", "hidden").WithYaml("source: {requests: '${R}'}\n").Refusal()
        );
}
