using Waveguide.Tests;
using Waveguide.Tests.Transform;
using Waveguide.Transform;
using Waveguide.Transform.Project;
using Waveguide.Transform.Templates;

namespace Waveguide.LiveTests.Transform;

/// <summary>The same text has the same hash on every engine, and when Waveguide hashes it itself.</summary>
public sealed class HashTests : IDisposable
{
    private const string Digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly string[] Texts = ["203.0.113.77", "2001:db8:1:2::3", "größe", ""];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PostgreSQL_hashes_as_Waveguide_does()
    {
        await using var engine = await Postgres.StartAsync();
        await CompareAsync(engine);
    }

    [Fact]
    public async Task ClickHouse_hashes_as_Waveguide_does()
    {
        await using var engine = new ClickHouse();
        await CompareAsync(engine);
    }

    private async Task CompareAsync(IEngine engine)
    {
        var project = ModelProject.Read(ProjectFiles.Read(null));
        var variables = ProjectVariables.Apply(
            project.Variables,
            new Dictionary<string, string> { ["privacy_ip_key"] = Digits }
        );
        var renderer = new ModelRenderer(project, engine.Dialect, variables, "analytics");
        var hash = renderer.Call("secret_key", new CallArguments(["address"], [], new Place("test", 1)));
        var texts = string.Join(
            " union all ",
            Texts.Select((text, at) => $"select '{text}' as address, {at} as place")
        );
        var file = _folder.At($"hashes.{engine.Format}");
        await engine.ExecuteAsync([
            engine.CreateTable("hashes", $"select {hash} as hash, place from ({texts}) as texts"),
            engine.Save("hashes", file),
        ]);
        using var star = Star.InNewWarehouse();
        var key = PrivacyKey.Of(Digits)!;
        Assert.Equal(
            Texts.Select(text => key.Hash(System.Text.Encoding.UTF8.GetBytes(text))),
            await star.QueryAsync($"SELECT hash FROM '{file}' ORDER BY place")
        );
    }
}
