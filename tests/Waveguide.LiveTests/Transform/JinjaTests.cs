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
    public Task Every_file_of_the_project_is_rendered_as_by_Jinja(string engine) => CompareAsync(engine, []);

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task With_a_key_or_a_function_for_addresses_too(string engine)
    {
        var key = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));
        await CompareAsync(engine, new() { ["privacy_ip"] = "hmac", ["privacy_ip_key"] = key });
        await CompareAsync(engine, new() { ["privacy_ip"] = "hmac", ["privacy_ip_function"] = "hidden.hmac" });
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task With_another_value_for_every_variable_too(string engine)
    {
        var project = ModelProject.Read(ProjectFiles.Read(null));
        var others = project.Variables.Where(variable =>
            !variable.Key.StartsWith("privacy_ip_", StringComparison.Ordinal)
        );
        await CompareAsync(
            engine,
            others.ToDictionary(
                variable => variable.Key,
                variable => variable.Value is long number ? number + 1 : (object)$"{variable.Value}x"
            )
        );
    }

    private static async Task CompareAsync(string engine, Dictionary<string, object> variables)
    {
        var folder = Path.Combine(Repository.Root, "models");
        var expected = await RenderAsync(folder, engine, variables);
        var actual = Ours(folder, Dialect.All.Single(dialect => dialect.Name == engine), variables);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, file => Assert.Equal(file.Value, actual[file.Key]));
    }

    private static Dictionary<string, string[][]> Ours(
        string folder,
        Dialect dialect,
        Dictionary<string, object> variables
    )
    {
        var project = ModelProject.Read(ProjectFiles.Read(folder));
        var asked = variables.ToDictionary(variable => variable.Key, variable => $"{variable.Value}");
        var values = ProjectVariables.Apply(project.Variables, asked);
        var renderer = new ModelRenderer(project, dialect, values, "analytics");
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

    private static async Task<Dictionary<string, string[][]>> RenderAsync(
        string folder,
        string engine,
        Dictionary<string, object> variables
    )
    {
        var script = Path.Combine(Repository.Root, "tests", "Waveguide.LiveTests", "Transform", "render.py");
        var start = new ProcessStartInfo(
            "/usr/bin/python3",
            [script, folder, engine, JsonSerializer.Serialize(variables)]
        )
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
