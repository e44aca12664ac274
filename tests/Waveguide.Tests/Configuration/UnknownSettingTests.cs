using Waveguide.Cli.Configuration;

namespace Waveguide.Tests.Configuration;

public sealed class UnknownSettingTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(
        "destnation: x",
        "unknown setting \"destnation\" in waveguide.yml, line 2. Did you mean \"destination\"?"
    )]
    [InlineData("regoin: us", "unknown setting \"regoin\" in waveguide.yml, line 2. Did you mean \"region\"?")]
    [InlineData("apiKey: x", "unknown setting \"apiKey\" in waveguide.yml, line 2. Did you mean \"api_key\"?")]
    [InlineData("Source: {}", "unknown setting \"Source\" in waveguide.yml, line 2. Did you mean \"source\"?")]
    [InlineData("project: []", "unknown setting \"project\" in waveguide.yml, line 2. Did you mean \"projects\"?")]
    [InlineData(
        "source: {time_out: 1m}",
        "unknown setting \"source.time_out\" in waveguide.yml, line 2. Did you mean \"timeout\"?"
    )]
    [InlineData(
        "projects: [{nme: web}]",
        "unknown setting \"projects.nme\" in waveguide.yml, line 2. Did you mean \"name\"?"
    )]
    [InlineData(
        "source: {region: eu}",
        "unknown setting \"source.region\" in waveguide.yml, line 2: \"region\" is a top-level setting."
    )]
    [InlineData(
        "timeout: 1m",
        "unknown setting \"timeout\" in waveguide.yml, line 2: \"timeout\" belongs under \"source\"."
    )]
    [InlineData(
        "load.memory: 1GB",
        "unknown setting \"load.memory\" in waveguide.yml, line 2: \"memory\" belongs under \"load\"."
    )]
    [InlineData(
        "projects: [{name: web, requests: 2}]",
        "unknown setting \"projects.requests\" in waveguide.yml, line 2: \"requests\" belongs under \"source\"."
    )]
    [InlineData(
        "load: {tabels: []}",
        "unknown setting \"load.tabels\" in waveguide.yml, line 2: \"tables\" is a top-level setting."
    )]
    [InlineData(
        "colour: red",
        "unknown setting \"colour\" in waveguide.yml, line 2. Known at the top level: "
            + "destination, tables, region, start, api_key, secret_key, source, load, transform, privacy, user_profiles, cohort_members, "
            + "active_users_counts, session_length_distribution, projects."
    )]
    [InlineData(
        "load: {colour: red}",
        "unknown setting \"load.colour\" in waveguide.yml, line 2. Known under load: max_rejected, memory, threads, spool."
    )]
    [InlineData("{'api_key:abc'}", "\"api_key\" in waveguide.yml, line 2, needs a blank after its colon.")]
    public void An_unknown_setting_is_refused_with_the_one_that_was_meant(string yaml, string message) =>
        Assert.Equal(message, _place.WithYaml($"# first line\n{yaml}\n").Refusal());

    [Fact]
    public void Every_setting_is_found_from_a_word_with_a_letter_too_many()
    {
        foreach (var setting in KnownSettings.All.Where(setting => setting.Prefix.Length == 0))
        {
            Assert.EndsWith($"Did you mean \"{setting.Key}\"?", _place.WithYaml($"{setting.Key}x: 1\n").Refusal());
        }
    }
}
