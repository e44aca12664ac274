using System.Text.Json.Nodes;
using Waveguide.Cli.Configuration;
using Waveguide.Cli.Configuration.Writing;

namespace Waveguide.Tests.Configuration;

public sealed class SchemaTests : IDisposable
{
    private readonly Workplace _place = new();

    private readonly SchemaCheck _schema = new(JsonNode.Parse(ConfigurationSchema.Render())!.AsObject());

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Every_file_that_we_show_is_good_by_the_schema()
    {
        Assert.True(_schema.Accepts(ConfigurationExample.Everything()));
        Assert.True(_schema.Accepts(ConfigurationExample.TwoProjects));
        Assert.True(_schema.Accepts(ConfigurationExample.Lake));
        Assert.True(_schema.Accepts(ConfigurationTemplate.Render(new TemplateValues())));
    }

    [Theory]
    [InlineData("region: EU")]
    [InlineData("region: ${REGION}")]
    [InlineData("region: asia")]
    [InlineData("colour: red")]
    [InlineData("start: 2025-07-09T14")]
    [InlineData("start: 9.7.2025")]
    [InlineData("tables: [a, b]")]
    [InlineData("tables: []")]
    [InlineData("tables: a")]
    [InlineData("destination: ''")]
    [InlineData("destination: \"a\\nb\"")]
    [InlineData("destination: {address: 'file:./lake', format: parquet, archive_days: 3}")]
    [InlineData("destination: {format: csv}")]
    [InlineData("destination: {path: x}")]
    [InlineData("destination: [x]")]
    [InlineData("tables: [' ']")]
    [InlineData("source: {requests: 4, timeout: 1h30m}")]
    [InlineData("source: {requests: 5}")]
    [InlineData("source: {requests: 1.5}")]
    [InlineData("source: {requests: '${REQUESTS:-2}'}")]
    [InlineData("source: {timeout: 10}")]
    [InlineData("source: {timeout: h}")]
    [InlineData("source: {region: eu}")]
    [InlineData("source: {url: 'https://proxy.example/x'}")]
    [InlineData("source: {url: 'HTTPS://proxy.example'}")]
    [InlineData("source: {url: 'https://me:pass@proxy.example/x'}")]
    [InlineData("source: {url: 'ftp://proxy.example'}")]
    [InlineData("source: []")]
    [InlineData("load: {memory: 1.5GiB, threads: 1, max_rejected: 0}")]
    [InlineData("load: {memory: 2 gb}")]
    [InlineData("load: {memory: 2}")]
    [InlineData("load: {threads: 0}")]
    [InlineData("load: {max_rejected: -1}")]
    [InlineData("transform: {vars: {a: 1, b: text, c: '${REGION}'}}")]
    [InlineData("transform: {vars: {a: [1]}}")]
    [InlineData("transform: {vars: a}")]
    [InlineData("projects: [{name: web}]")]
    [InlineData("projects: [{name: my web}]")]
    [InlineData("projects: [{region: eu}]")]
    [InlineData("projects: []")]
    [InlineData("projects: {name: web}")]
    [InlineData("{projects: [{name: web}], api_key: a}")]
    [InlineData("{projects: [{name: web}], region: eu}")]
    public void The_schema_and_the_reader_are_of_one_mind(string yaml)
    {
        _place.With("REGION", "eu").WithYaml(yaml);
        var fault = Record.Exception(() => _place.Read());

        Assert.Equal(fault is null, _schema.Accepts(yaml));
    }
}
