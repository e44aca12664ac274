using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Waveguide.Amplitude;
using Waveguide.Http;
using Waveguide.Tests.Amplitude;

namespace Waveguide.Tests.Fuzz;

/// <summary>
/// Archives by grammar and damaged ones. Each is refused by an <see cref="InvalidDataException"/>, or taken whole: then
/// the base library reads the same members with the same bytes. Nothing is written but in the spool folder.
/// </summary>
internal sealed partial class ArchiveRound(TemporaryFolder folder, Random dice, Pool pool) : IDisposable
{
    private const int Cases = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ArchiveGrammar _grammar = new(dice);
    private readonly SpoolFolder _spool = new(Directory.CreateDirectory(folder.At("spool")).FullName);

    /// <summary>The archive that is being read.</summary>
    public byte[] Last { get; private set; } = [];

    private string File => Path.Combine(folder.At("spool"), "export.zip");

    /// <returns>How many archives were read.</returns>
    public async Task<int> RunAsync()
    {
        for (var left = Cases; left > 0; left--)
        {
            var made = await _grammar.ArchiveAsync();
            if (dice.Next(6) == 0)
            {
                await SoundAsync(made);
            }
            else
            {
                var zip = dice.Next(2) == 0 || pool.IsEmpty ? made.Zip : pool.Draw(dice);
                var other = pool.IsEmpty ? made.Zip : pool.Draw(dice);
                await CheckAsync(zip.Length == 0 ? zip : ArchiveDamage.Of(zip, other, dice));
            }
        }

        return Cases;
    }

    /// <returns>What is wrong with the archive, with names and figures left out, or that it is taken.</returns>
    public async Task<string> CheckAsync(byte[] zip)
    {
        var (parts, refusal) = await VerifyAsync(zip);
        var feature = refusal is null
            ? $"taken, {parts.Count} parts"
            : Variable().Replace(refusal.Split("; it begins with ")[0], "*");
        pool.Offer(zip, feature);
        if (refusal is null)
        {
            AssertReadAlike(parts);
        }

        Assert.Equal([folder.At("spool")], Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.All(Directory.EnumerateFileSystemEntries(folder.At("spool")), path => Assert.Matches(SpoolFile(), path));
        return feature;
    }

    public void Dispose() => _spool.Dispose();

    private async Task SoundAsync(ArchiveGrammar.Made made)
    {
        var (parts, refusal) = await VerifyAsync(made.Zip);
        Assert.Equal(made.Contents is null, refusal is not null);
        Assert.Equal(Listed(made.Contents ?? []), Listed(parts.ToDictionary(part => part.Name, Text)));
    }

    private static IEnumerable<string> Listed(Dictionary<string, string> contents) =>
        contents.Select(part => $"{part.Key}: {part.Value}").Order(StringComparer.Ordinal);

    private async Task<(IReadOnlyList<FetchedPart> Parts, string? Refusal)> VerifyAsync(byte[] zip)
    {
        Last = zip;
        foreach (var left in Directory.EnumerateFiles(folder.At("spool")))
        {
            System.IO.File.Delete(left);
        }

        await System.IO.File.WriteAllBytesAsync(File, zip);
        try
        {
            var content = zip.Length % 2 == 0 ? Archives.Content() : null;
            var verified = ExportArchive.VerifyAsync(Archives.Day, File, _spool, content, default);
            return (await verified.WaitAsync(Patience, TimeProvider.System), null);
        }
        catch (InvalidDataException reason)
        {
            return ([], reason.Message);
        }
    }

    private void AssertReadAlike(IReadOnlyList<FetchedPart> parts)
    {
        using var zip = ZipFile.OpenRead(File);
        var files = zip.Entries.Where(entry => entry.Name.Length > 0 || entry.Length > 0).ToList();
        Assert.Equal(files.Select(file => file.Name).Order(), parts.Select(part => part.Name).Order());
        foreach (var (file, part) in files.OrderBy(file => file.Name).Zip(parts.OrderBy(part => part.Name)))
        {
            Assert.True(Archives.Day.Contains(part.Hour));
            using var json = new StreamReader(new GZipStream(file.Open(), CompressionMode.Decompress));
            Assert.Equal(json.ReadToEnd(), Text(part));
        }
    }

    private static string Text(FetchedPart part) => Encoding.UTF8.GetString(Desk.Content(part));

    [GeneratedRegex("\".*\"|[0-9]+_[0-9-]+_[0-9]+#[0-9]+|[0-9T:-]+", RegexOptions.Singleline, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"/export\.zip(\.[0-9]+\.gz)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpoolFile();
}
