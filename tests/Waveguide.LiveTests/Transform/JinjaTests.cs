using System.Diagnostics;
using System.Text.Json;
using Waveguide.Tests;
using Waveguide.Transform;
using Waveguide.Transform.Project;

namespace Waveguide.LiveTests.Transform;

/// <summary>What our renderer makes of the models is, letter by letter, what Jinja makes of them for dbt.</summary>
public sealed class JinjaTests
{
    public static TheoryData<string> Engines => [.. Dialect.All.Select(dialect => dialect.Name)];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Every_file_of_the_project_is_rendered_as_by_Jinja(string engine)
    {
        var folder = Path.Combine(Repository.Root, "models");
        var expected = await RenderAsync(folder, engine);
        var actual = Ours(folder, Dialect.All.Single(dialect => dialect.Name == engine));
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, file => Assert.Equal(file.Value, actual[file.Key]));
    }

    private static Dictionary<string, string[][]> Ours(string folder, Dialect dialect)
    {
        var project = ModelProject.Read(ProjectFiles.Read(folder));
        var renderer = new ModelRenderer(project, dialect, project.Variables, "analytics");
        var rendered = project
            .Models.Concat(project.SingularTests)
            .ToDictionary(
                file => file.Name,
                file => new[] { false, true }.Select(touched => Statements(renderer.Render(file, touched))).ToArray(),
                StringComparer.Ordinal
            );
        rendered["on-run-start"] =
        [
            [.. renderer.Start()],
            [],
        ];
        return rendered;
    }

    private static string[] Statements(RenderedFile file) => [file.Sql, .. file.Before, .. file.After];

    private static async Task<Dictionary<string, string[][]>> RenderAsync(string folder, string engine)
    {
        var script = Path.Combine(Repository.Root, "tests", "Waveguide.LiveTests", "Transform", "render.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [script, folder, engine])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        var answer = python.StandardOutput.ReadToEndAsync();
        var problem = await python.StandardError.ReadToEndAsync();
        await python.WaitForExitAsync();
        Witness.Require(
            !problem.Contains("No module named", StringComparison.Ordinal),
            "python3-jinja2 and python3-yaml"
        );
        Assert.True(python.ExitCode == 0, problem);
        return JsonSerializer.Deserialize<Dictionary<string, string[][]>>(await answer)!;
    }
}
