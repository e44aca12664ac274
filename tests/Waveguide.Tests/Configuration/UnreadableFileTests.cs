using System.Runtime.Versioning;
using System.Text;

namespace Waveguide.Tests.Configuration;

public sealed class UnreadableFileTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("a: [1\nb: 2\n", "line 1, is not valid YAML: a bracket may be open.")]
    [InlineData("a: b: c\n", "line 1, is not valid YAML: ")]
    [InlineData("region: us\nstart: 'x\n", "line 2, is not valid YAML: ")]
    [InlineData("region: us\nstart: @x\n", "line 2, is not valid YAML: ")]
    [InlineData("region: us\nsource:\n\trequests: 2\n", "line 3, is indented with a tab. YAML wants blanks.")]
    [InlineData("region: us\n\tstart: 2\n", "line 2, is indented with a tab. YAML wants blanks.")]
    [InlineData("region: us\n---\nregion: eu\n", "line 2, begins a second document")]
    [InlineData("- region\n", "line 1, is not of the form key: value")]
    [InlineData("api_key:secret\n", "line 1, is not of the form key: value")]
    [InlineData("region: *us\n", "line 1, refers with * to an anchor that is not there")]
    [InlineData("region: !us\n", "line 1, has a value that begins with !. Put it in quotes.")]
    [InlineData("? [a]\n: b\n", "line 1, has a key that is not plain text")]
    [InlineData("a: [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]\n", "line 1, is nested deeper than any setting")]
    [InlineData("a: !<> b\n", "line 1, is not valid YAML: ")]
    public void A_file_that_is_no_yaml_is_refused_with_the_line(string yaml, string what) =>
        Assert.StartsWith($"waveguide.yml, {what}", _place.WithYaml(yaml).Refusal());

    [Theory]
    [InlineData(
        "region: us\n\nregion: eu\n",
        "\"region\" stands twice in waveguide.yml, in lines 1 and 3. Keep one of them."
    )]
    [InlineData(
        "source:\n  timeout: 1m\n  timeout: 2m\n",
        "\"timeout\" stands twice in waveguide.yml, in lines 2 and 3. Keep one of them."
    )]
    public void A_setting_that_stands_twice_is_refused(string yaml, string message) =>
        Assert.Equal(message, _place.WithYaml(yaml).Refusal());

    [Fact]
    public void A_file_that_was_asked_for_must_exist()
    {
        Assert.Equal(
            "other.yml, named by --config, does not exist. Correct the path, or write the file with waveguide init.",
            _place.Refusal(_place.Request with { ConfigPath = "other.yml" })
        );
        Assert.Equal(
            "other.yml, named by WAVEGUIDE_CONFIG in .env, does not exist. "
                + "Correct the path, or write the file with waveguide init.",
            _place.WithFile(".env", "WAVEGUIDE_CONFIG=other.yml").Refusal()
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_path_that_is_none_is_refused(string path) =>
        Assert.Equal("--config is not the path of a file.", _place.Refusal(_place.Request with { ConfigPath = path }));

    [Fact]
    public void The_other_ending_is_not_passed_over_in_silence() =>
        Assert.Equal(
            "waveguide.yaml is not read by itself. Rename it to waveguide.yml, or name it with --config waveguide.yaml.",
            _place.WithFile("waveguide.yaml", "region: eu\n").Refusal()
        );

    [Fact]
    public void A_folder_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(_place.Folder, "waveguide.yml"));

        Assert.Equal("waveguide.yml is a folder; a YAML file is needed in its place.", _place.Refusal());
    }

    [Fact]
    public void A_file_that_another_program_holds_is_refused()
    {
        var path = Path.Combine(_place.WithYaml("region: eu\n").Folder, "waveguide.yml");
        using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.StartsWith("waveguide.yml cannot be read: ", _place.Refusal());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_without_the_right_to_read_it_is_refused()
    {
        var path = Path.Combine(_place.WithYaml("region: eu\n").Folder, "waveguide.yml");
        Assert.SkipWhen(
            OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess,
            "This user may read every file."
        );
        File.SetUnixFileMode(path, UnixFileMode.None);

        Assert.StartsWith("waveguide.yml cannot be read: permission denied.", _place.Refusal());
    }

    [Fact]
    public void A_file_of_another_encoding_is_refused_with_the_line()
    {
        var path = Path.Combine(_place.Folder, "waveguide.yml");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes("region: us\n# Größe\n"));
        Assert.Equal("waveguide.yml, line 2, is not UTF-8 text. Save the file as UTF-8.", _place.Refusal());

        File.WriteAllText(path, "region: us\n", Encoding.Unicode);
        Assert.Equal("waveguide.yml is UTF-16 text. Save it as UTF-8.", _place.Refusal());
    }

    [Fact]
    public void A_file_too_large_to_be_a_configuration_is_refused() =>
        Assert.Equal(
            "waveguide.yml is larger than 1 MiB, which no configuration is.",
            _place.WithYaml(new string('#', (1 << 20) + 1)).Refusal()
        );
}
