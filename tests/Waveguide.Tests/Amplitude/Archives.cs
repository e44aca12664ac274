using System.Text;
using Waveguide.Amplitude;
using Waveguide.Http;
using Waveguide.Simulator.Archive;
using Waveguide.Tests.Simulator;
using ZipMember = Waveguide.Simulator.Archive.ZipMember;

namespace Waveguide.Tests.Amplitude;

/// <summary>Makes archives in memory and verifies them on disk, as a download would be.</summary>
internal sealed class Archives : IDisposable
{
    public static readonly HourRange Day = new(UploadHour.Of(Exporter.Day), UploadHour.Of(Exporter.Day).AddHours(24));

    private readonly TemporaryFolder _folder = new();

    private SpoolFolder Spool => new(Root);

    /// <summary>Some levels below the temporary folder, so that what leads out of it can be found.</summary>
    private string Root => System.IO.Directory.CreateDirectory(_folder.At("a/b/spool")).FullName;

    private string Path => System.IO.Path.Combine(Root, "export.zip");

    public static string Name(int hour, int shard = 0) => $"7/7_2025-07-09_{hour}#{shard}.json.gz";

    public static byte[] Gzip(string json) => GzipFile.Compress(Encoding.UTF8.GetBytes(json));

    /// <summary>A gzip member without content; .NET writes no bytes at all for it.</summary>
    public static byte[] EmptyGzip() => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public static ZipMember Member(string name, byte[] bytes, bool deflated = false) =>
        ZipMember.Of(name, bytes, () => bytes, deflated);

    public static ZipMember Member(int hour) => Member(Name(hour), Gzip($"{{\"uuid\":\"{hour}\"}}\n"));

    public static async Task<byte[]> ZipAsync(IReadOnlyList<ZipMember> members, bool wide = false)
    {
        var zip = new ZipStream(members, Exporter.Day, wide);
        using var bytes = new MemoryStream();
        await zip.WriteMembersAsync(bytes, CancellationToken.None);
        await zip.WriteDirectoryAsync(bytes, CancellationToken.None);
        return bytes.ToArray();
    }

    /// <summary>Name, hour and content of each part.</summary>
    public async Task<List<string>> PartsAsync(byte[] zip) =>
        [
            .. (await VerifyAsync(zip)).Select(part =>
                $"{part.Name} {part.Hour} {Encoding.UTF8.GetString(Desk.Content(part)).Trim()}"
            ),
        ];

    public async Task<IReadOnlyList<FetchedPart>> VerifyAsync(byte[] zip)
    {
        await File.WriteAllBytesAsync(Path, zip);
        return await ExportArchive.VerifyAsync(Day, Path, Spool, content: null, CancellationToken.None);
    }

    /// <summary>What is wrong with the archive, whether its rows are counted on the way or not; null if nothing is.</summary>
    public async Task<string?> FaultAsync(byte[] zip)
    {
        await File.WriteAllBytesAsync(Path, zip);
        var fault = await FaultAsync(content: null);
        Assert.Equal(fault, await FaultAsync(Content()));
        return fault;
    }

    /// <summary>Where rows of the day are counted.</summary>
    public static SliceContent Content() => new(new Slice("web", EventsTable.Definition, Day), new PipelineOptions());

    private async Task<string?> FaultAsync(SliceContent? content)
    {
        try
        {
            await ExportArchive.VerifyAsync(Day, Path, Spool, content, CancellationToken.None);
            return null;
        }
        catch (InvalidDataException reason)
        {
            return reason.Message;
        }
    }

    public IReadOnlyList<ZipEntry> Directory(byte[] zip)
    {
        File.WriteAllBytes(Path, zip);
        using var handle = File.OpenHandle(Path);
        return [.. ZipDirectory.Read(handle).Select(member => new ZipEntry(member.Name, member.Length))];
    }

    /// <summary>Every file there is in the spool folder and in those above it, relative to it.</summary>
    public IReadOnlyList<string> Files() =>
        [
            .. System
                .IO.Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
                .Select(path => System.IO.Path.GetRelativePath(Root, path)),
        ];

    public void Dispose() => _folder.Dispose();
}

internal sealed record ZipEntry(string Name, long Length);
