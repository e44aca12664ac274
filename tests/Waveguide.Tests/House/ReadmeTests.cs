using System.Text.RegularExpressions;
using Waveguide.Cli;
using Waveguide.Simulator;

namespace Waveguide.Tests.House;

/// <summary>What the README shows is what the program does. WAVEGUIDE_WRITE_DOCS=1 writes it anew.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string ReadmePath = Path.Combine(Repository.Root, "README.md");

    [Fact]
    public async Task The_picture_of_the_hours_is_what_status_prints()
    {
        var data = GeneratedTraffic.Create(
            new TrafficOptions
            {
                FromUtc = new DateTime(2026, 11, 18, 0, 0, 0, DateTimeKind.Utc),
                UntilUtc = new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc),
                EventsPerDay = 4_000,
            }
        );
        var tooLarge = new DateTime(2026, 11, 20, 17, 0, 0, DateTimeKind.Utc);
        var faults = FaultScript.Of(
            new FaultRule
            {
                Fault = FaultKind.Status,
                Status = 400,
                From = tooLarge,
                Until = tooLarge.AddHours(1),
            }
        );
        await using var rig = await Rig.StartAsync(
            data,
            "2026-11-21T22:04",
            options => options with { Faults = faults }
        );
        rig.Project = "default";
        await rig.SyncAsync("2026-11-18");
        using var output = new StringWriter();
        var host = Host(output) with
        {
            WorkingDirectory = Path.GetDirectoryName(rig.WarehousePath)!,
            Clock = rig.Clock,
        };
        await new Application(host).RunAsync(["status", "--from", "2026-11-18"], default);
        AssertBlock("status", $"```\n$ waveguide status\n{output.ToString().ReplaceLineEndings("\n").TrimEnd()}\n```");
    }

    [Fact]
    public void The_benchmark_table_is_the_measured_one()
    {
        var body = Results("day.md").Split('\n').Skip(2);
        AssertBlock("benchmark", $"## Speed\n\n{string.Join('\n', body).TrimEnd()}");
    }

    [Fact]
    public void The_figures_of_the_published_program_are_the_measured_ones()
    {
        var tables = new[] { "start.md", "year.md", "models.md" }.SelectMany(name => Results(name).Split("\n\n")[1..3]);
        AssertBlock("published", string.Join("\n\n", tables));
    }

    [Fact]
    public void Every_command_of_the_readme_and_the_guides_is_understood()
    {
        using var output = new StringWriter();
        var root = new Application(Host(output)).Commands();
        var guides = Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "docs"),
            "*.md",
            SearchOption.AllDirectories
        );
        var commands = guides.Append(ReadmePath).SelectMany(path => Commands(File.ReadAllText(path))).ToList();
        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.Empty(root.Parse(command).Errors));
    }

    [Fact]
    public void The_table_of_what_works_names_every_verb()
    {
        using var output = new StringWriter();
        var verbs = new Application(Host(output)).Commands().Subcommands.Select(verb => $"`{verb.Name}`");
        var row = File.ReadLines(ReadmePath).Single(line => line.StartsWith("| Verbs |", StringComparison.Ordinal));
        Assert.All(verbs, verb => Assert.Contains(verb, row, StringComparison.Ordinal));
    }

    private static string Results(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "benchmarks", "results", name)).ReplaceLineEndings("\n");

    private static CliHost Host(TextWriter output) =>
        new()
        {
            Out = output,
            Error = output,
            In = TextReader.Null,
            WorkingDirectory = Path.GetTempPath(),
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            Clock = TimeProvider.System,
        };

    private static void AssertBlock(string name, string expected)
    {
        var readme = File.ReadAllText(ReadmePath).ReplaceLineEndings("\n");
        var (open, close) = ($"<!-- {name} -->\n", $"\n<!-- /{name} -->");
        var from = readme.IndexOf(open, StringComparison.Ordinal) + open.Length;
        var until = readme.IndexOf(close, from, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("WAVEGUIDE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(ReadmePath, readme[..from] + expected + readme[until..]);
            return;
        }

        Assert.Equal(expected, readme[from..until]);
    }

    /// <summary>Lines of code that begin with the program's name, without their comments.</summary>
    private static IEnumerable<string> Commands(string markdown) =>
        markdown
            .Split('\n')
            .Select(line => CommandLine().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["command"].Value.Split('#')[0].Trim());

    [GeneratedRegex(
        @"^\s*(\$ )?(waveguide|dotnet run --project src/Waveguide\.Cli --) (?<command>[a-z].*)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex CommandLine();
}
