using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class ProgramAliasTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_program_that_the_shell_finds_needs_no_other_name()
    {
        var program = Program("waveguide");
        Assert.Null(ProgramAlias.Find(program, "x.dll", $"/nowhere{Path.PathSeparator}{_folder.Path}"));
    }

    [Fact]
    public void A_program_outside_the_search_path_gets_an_alias()
    {
        var program = Program("waveguide");
        Assert.Equal($"alias waveguide='{program}'", ProgramAlias.Find(program, "x.dll", "/usr/bin"));
    }

    [Fact]
    public void A_build_from_source_gets_an_alias_of_its_executable()
    {
        var program = Program("Waveguide.Cli");
        Assert.Equal($"alias waveguide='{program}'", ProgramAlias.Find(program, "x.dll", _folder.Path));
    }

    [Fact]
    public void An_assembly_that_dotnet_runs_is_named_with_it() =>
        Assert.Equal(
            "alias waveguide='dotnet \"/my builds/Waveguide.Cli.dll\"'",
            ProgramAlias.Find("/usr/bin/dotnet", "/my builds/Waveguide.Cli.dll", "/usr/bin")
        );

    [Fact]
    public void A_link_on_the_search_path_counts_as_the_program()
    {
        var program = Program("waveguide");
        var links = Directory.CreateDirectory(_folder.At("bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "waveguide"), program);
        Assert.Null(ProgramAlias.Find(program, "x.dll", links));
    }

    private string Program(string name)
    {
        var path = _folder.At(name);
        File.WriteAllText(path, string.Empty);
        return path;
    }
}
