namespace Waveguide.Tests.Fuzz;

/// <summary>
/// Inputs that earlier runs found remarkable, one a line: what was remarkable, a tab, the bytes in base 64. Rounds begin
/// with them; <c>WAVEGUIDE_WRITE_CORPUS=1</c> adds what a run found.
/// </summary>
/// <param name="longest">Bytes above which an input is not kept.</param>
internal sealed class Corpus(string name, int longest)
{
    private readonly string _path = Path.Combine(Repository.Root, "tests", "Waveguide.Tests", "Fuzz", "Corpus", name);

    public string Name => name;

    /// <summary>In the order of the features.</summary>
    public IReadOnlyList<(string Feature, byte[] Input)> Read() =>
        !File.Exists(_path)
            ? []
            :
            [
                .. File.ReadLines(_path)
                    .Select(line => line.Split('\t'))
                    .Select(fields => (fields[0], Convert.FromBase64String(fields[1]))),
            ];

    /// <summary>Keeps the shortest input of each feature, of these and those that were there.</summary>
    public void Add(IEnumerable<KeyValuePair<string, byte[]>> found)
    {
        var inputs = Read()
            .Concat(found.Select(pair => (Feature: pair.Key, Input: pair.Value)))
            .GroupBy(pair => pair.Feature, StringComparer.Ordinal)
            .Select(same => same.MinBy(pair => pair.Input.Length))
            .Where(pair => pair.Input.Length <= longest)
            .OrderBy(pair => pair.Feature, StringComparer.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(
            _path,
            string.Concat(inputs.Select(pair => $"{pair.Feature}\t{Convert.ToBase64String(pair.Input)}\n"))
        );
    }
}
