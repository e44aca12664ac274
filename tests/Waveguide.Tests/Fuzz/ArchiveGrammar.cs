using Waveguide.Simulator.Archive;
using Waveguide.Tests.Amplitude;

namespace Waveguide.Tests.Fuzz;

/// <summary>Archives by a grammar: sound ones, and some with a member that no export has.</summary>
internal sealed class ArchiveGrammar(Random dice)
{
    public async Task<Made> ArchiveAsync()
    {
        var isSound = true;
        var contents = new Dictionary<string, string>(StringComparer.Ordinal);
        var members = new List<ZipMember>();
        for (var number = dice.Next(1, 5); number > 0; number--)
        {
            var (hour, shard) = (dice.Next(24), dice.Next(1, 1_000));
            if (dice.Next(12) == 0)
            {
                isSound = false;
                members.Add(Strange(hour, shard));
            }
            else if (dice.Next(6) == 0)
            {
                members.Add(ZipMember.Directory($"{shard}/"));
            }
            else if (contents.TryAdd($"7_2025-07-09_{hour}#{shard}.json.gz", Lines()))
            {
                var content = contents[$"7_2025-07-09_{hour}#{shard}.json.gz"];
                members.Add(Archives.Member(Archives.Name(hour, shard), Gzip(content), deflated: dice.Next(3) == 0));
            }
        }

        return new Made(
            await Archives.ZipAsync(members, wide: dice.Next(3) == 0),
            isSound && contents.Count > 0 ? contents : null
        );
    }

    private string Lines() =>
        string.Concat(Enumerable.Range(0, dice.Next(3)).Select(_ => $"{{\"uuid\":\"{dice.Next()}\"}}\n"));

    private byte[] Gzip(string content) =>
        dice.Next(4) == 0 ? [.. Archives.Gzip(content), .. Archives.EmptyGzip(), .. Archives.EmptyGzip()]
        : content.Length == 0 ? Archives.EmptyGzip()
        : Archives.Gzip(content);

    private ZipMember Strange(int hour, int shard) =>
        dice.Next(7) switch
        {
            0 => Archives.Member($"../7_2025-07-09_{hour}#{shard}.json.gz", Gzip("{}")),
            1 => Archives.Member($"C:\\7_2025-07-09_{hour}#{shard}.json.gz", Gzip("{}")),
            2 => Archives.Member($"7/7_2025-07-10_{hour}#{shard}.json.gz", Gzip("{}")),
            3 => Archives.Member(Archives.Name(hour, shard), "not gzip"u8.ToArray(), deflated: dice.Next(2) == 0),
            4 => Archives.Member(Archives.Name(hour, shard), Gzip("{}")[..^3]),
            5 => Archives.Member(Archives.Name(hour, shard), [.. Gzip("{}"), 0]),
            _ => Archives.Member(Archives.Name(hour, shard), [], deflated: dice.Next(2) == 0),
        };

    /// <param name="Contents">The lines of each part by its name; null where something in it is no export.</param>
    internal sealed record Made(byte[] Zip, Dictionary<string, string>? Contents);
}
