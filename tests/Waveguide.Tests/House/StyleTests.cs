using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Waveguide.Tests.House;

/// <summary>What the analyzers do not hold of the house law (design.md 8).</summary>
public sealed partial class StyleTests
{
    [Fact]
    public void Classes_are_sealed_unless_they_are_made_to_be_derived_from()
    {
        var open =
            from assembly in Assemblies.All()
            from type in assembly.Types()
            where type is { IsClass: true, IsValueType: false, IsAbstract: false, IsSealed: false, Name: not "Program" }
            select type.FullName;
        Assert.Empty(open);
    }

    [Fact]
    public void Async_methods_take_their_token_last()
    {
        var wrong =
            from assembly in Assemblies.All()
            from type in assembly.Types()
            from method in type.Methods
            where
                method.Name.EndsWith("Async", StringComparison.Ordinal)
                && method.Name != "DisposeAsync"
                && !method.IsPrivate
            let token = method
                .Parameters.ToList()
                .FindIndex(parameter => parameter.ParameterType.Name == "CancellationToken")
            where token >= 0 && token != method.Parameters.Count - 1
            select $"{type.FullName}.{method.Name}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_type_keeps_state_in_a_static_field()
    {
        var state =
            from assembly in Assemblies.All()
            from type in assembly.Types()
            from field in type.Fields
            where field is { IsStatic: true, IsInitOnly: false, HasConstant: false } && !Assemblies.IsGenerated(field)
            where !field.Name.Contains('<', StringComparison.Ordinal)
            select $"{type.FullName}.{field.Name}";
        Assert.Empty(state);
    }

    [Fact]
    public void No_file_holds_regions_pragmas_banners_or_notes_to_ourselves()
    {
        var found =
            from file in SizeTests.Files(["src", "tests", "benchmarks"])
            where Path.GetFileName(file.Path) != "StyleTests.cs"
            from line in File.ReadLines(file.Path).Select((text, index) => (text, index))
            where Unwanted().IsMatch(line.text)
            select $"{file.Path}:{line.index + 1} {line.text.Trim()}";
        Assert.Empty(found);
    }

    [Fact]
    public void The_root_of_the_repository_holds_no_plans_or_notes()
    {
        var notes = Directory
            .EnumerateFiles(Repository.Root, "*.md")
            .Select(Path.GetFileName)
            .Except(["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]);
        Assert.Empty(notes);
    }

    [Fact]
    public void Lock_files_record_no_addresses()
    {
        var servers = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests", "servers"));
        string[] others = [Path.Combine(Repository.Root, "native"), Path.Combine(Repository.Root, "tests", "clients")];
        foreach (var folder in servers.Concat(others))
        {
            var lockFile = File.ReadAllText(Path.Combine(folder, "package-lock.json"));
            Assert.DoesNotContain("\"resolved\"", lockFile, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(
        @"#region|#pragma warning disable|\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|^\s*//\s*[-=*]{4,}|\bSkip\s*=\s*""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Unwanted();
}
