using Waveguide.Cli.Configuration;

namespace Waveguide.Tests.Configuration;

/// <summary>A working directory and an environment of one's own, deleted at the end.</summary>
internal sealed class Workplace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("waveguide-configuration-").FullName;

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public SettingsRequest Request => new() { WorkingDirectory = Folder, Environment = Environment };

    public Workplace With(string variable, string value)
    {
        Environment[variable] = value;
        return this;
    }

    public Workplace WithFile(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return this;
    }

    public Workplace WithYaml(string text) => WithFile("waveguide.yml", text);

    public Settings Read() => SettingsReader.Read(Request);

    public string Refusal(SettingsRequest? request = null) =>
        Assert.Throws<ConfigurationException>(() => SettingsReader.Read(request ?? Request)).Message;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
