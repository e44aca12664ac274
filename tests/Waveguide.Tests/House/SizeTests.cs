using Mono.Cecil;

namespace Waveguide.Tests.House;

/// <summary>Small files, short methods, few parameters (design.md 8).</summary>
public sealed class SizeTests
{
    /// <summary>A list of native signatures, and nothing to read from top to bottom.</summary>
    private static readonly string[] Bindings = ["NativeMethods.cs"];

    private static readonly string[] Folders = ["src", "tests", "benchmarks"];

    [Fact]
    public void No_file_is_over_400_lines() =>
        Assert.DoesNotContain(
            Files(Folders),
            file => file.Lines > 400 && !Bindings.Contains(Path.GetFileName(file.Path))
        );

    [Fact]
    public void The_median_file_has_at_most_80_lines()
    {
        var lines = Files(["src"]).Select(file => file.Lines).Order().ToList();
        Assert.InRange(lines[lines.Count / 2], 1, 80);
    }

    [Fact]
    public void The_pipeline_has_at_most_250_lines() =>
        Assert.InRange(Files(["src"]).Single(file => Path.GetFileName(file.Path) == "Pipeline.cs").Lines, 1, 250);

    [Fact]
    public void Methods_are_rarely_over_30_lines_and_never_over_60()
    {
        var methods = Assemblies.All().SelectMany(Spans).ToList();
        var long30 = methods.Where(method => method.Lines > 30).ToList();
        Assert.DoesNotContain(methods, method => method.Lines > 60);
        Assert.True(
            long30.Count <= methods.Count / 50,
            $"{long30.Count} of {methods.Count}: {string.Join(", ", long30.Select(method => $"{method.Name} {method.Lines}"))}"
        );
    }

    [Fact]
    public void No_method_takes_more_than_five_parameters_beside_a_token()
    {
        var wide =
            from assembly in Assemblies.All()
            from type in assembly.Types()
            where type.Name != "NativeMethods" && !IsRecord(type)
            from method in type.Methods
            where !Assemblies.IsGenerated(method) && !method.Name.Contains('<', StringComparison.Ordinal)
            where method.Parameters.Count(parameter => parameter.ParameterType.Name != "CancellationToken") > 5
            select $"{type.FullName}.{method.Name}";
        Assert.Empty(wide);
    }

    internal static IEnumerable<(string Path, int Lines)> Files(IEnumerable<string> folders) =>
        folders
            .Select(folder => Path.Combine(Repository.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(path =>
                !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
            )
            .Select(path => (path, File.ReadLines(path).Count()));

    private static bool IsRecord(TypeDefinition type) => type.Methods.Any(method => method.Name == "PrintMembers");

    private static IEnumerable<(string Name, int Lines)> Spans(AssemblyDefinition assembly) =>
        from type in assembly.MainModule.Types.Where(type => !Assemblies.IsGenerated(type)).SelectMany(Nested)
        where
            !type.Namespace.StartsWith("System", StringComparison.Ordinal)
            && type.FullName.Contains("Waveguide", StringComparison.Ordinal)
        from method in type.Methods
        where method is { Name: not (".cctor" or ".ctor"), DebugInformation.HasSequencePoints: true }
        let points = method.DebugInformation.SequencePoints.Where(point => !point.IsHidden).ToList()
        where points.Count > 0
        select (
            $"{type.Name}.{method.Name}",
            points.Max(point => point.EndLine) - points.Min(point => point.StartLine) + 1
        );

    private static IEnumerable<TypeDefinition> Nested(TypeDefinition type) =>
        type.NestedTypes.SelectMany(Nested).Prepend(type);
}
