using System.IO.Compression;
using System.Security.Cryptography;
using Waveguide.Amplitude;

namespace Waveguide.Tests.Destinations;

/// <summary>A destination, and small slices made by hand to load into it.</summary>
public abstract class DestinationRig : IDisposable
{
    protected static readonly DateTimeOffset Now = DateTimeOffset.Parse("2025-08-01T00:00:00Z");

    private protected static readonly UploadHour First = UploadHour.Parse("2025-07-09");

    private int _shard;

    private protected TemporaryFolder Folder { get; } = new();

    /// <summary>Opens the same destination each time.</summary>
    /// <param name="looks">Only to read.</param>
    protected abstract Task<IDestination> OpenAsync(string folder, bool looks = false);

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<Manifest> LoadAsync(params FetchedPart[] parts) => await LoadAsync(Now, parts);

    private protected async Task<Manifest> LoadAsync(DateTimeOffset readAt, params FetchedPart[] parts)
    {
        using var fetched = new FetchedSlice(Slice(), readAt, parts, new MemoryStream());
        return await LoadAsync(fetched);
    }

    private protected async Task<Manifest> LoadAsync(Slice slice, params FetchedPart[] parts)
    {
        using var fetched = new FetchedSlice(slice, Now, parts, new MemoryStream());
        return await LoadAsync(fetched);
    }

    private protected async Task<Manifest> LoadAsync(FetchedSlice fetched)
    {
        await using var destination = await OpenAsync(Folder.Path);
        return await destination.LoadAsync(new Scan(fetched, new PipelineOptions(), Now), default);
    }

    private protected async Task<Coverage> CoverageAsync()
    {
        await using var destination = await OpenAsync(Folder.Path);
        return await destination.CoverageAsync("web", EventsTable.Definition, default);
    }

    private protected Task<IReadOnlyList<object?>> UuidsAsync() => UuidsAsync(looks: false);

    private protected async Task<IReadOnlyList<object?>> UuidsAsync(bool looks)
    {
        await using var destination = await OpenAsync(Folder.Path, looks);
        await using var result = await destination.QueryAsync(
            "SELECT uuid FROM amplitude.events ORDER BY ALL",
            [],
            default
        );
        return await result.RowsAsync(default).Select(row => row[0]).ToListAsync();
    }

    private protected static Slice Slice() =>
        new("web", EventsTable.Definition, new HourRange(First, First.AddHours(3)));

    private protected static FetchedSlice Fetched(params IReadOnlyList<FetchedPart> parts) =>
        new(Slice(), Now, parts, new MemoryStream());

    private protected FetchedPart Part(int hour, params string[] uuids) =>
        PartOf(hour, [.. uuids.Select(uuid => Rig.Line(uuid))]);

    private protected FetchedPart PartOf(int hour, params byte[][] lines)
    {
        var path = Folder.At($"{Guid.NewGuid():n}.json.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            foreach (var line in lines)
            {
                gzip.Write(line);
                gzip.Write("\n"u8);
            }
        }

        var name = $"1_2025-07-09_{hour}#{_shard++}.json.gz";
        var bytes = File.ReadAllBytes(path);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return new FetchedPart(First.AddHours(hour), name, path, 0, bytes.Length, sha256);
    }

    /// <summary>A part with many rows of which the end is cut off.</summary>
    private protected FetchedPart Damaged(int hour)
    {
        var part = Part(hour, [.. Enumerable.Range(0, 50_000).Select(row => $"{Guid.NewGuid()}-{row}")]);
        return part with { Length = part.Length - 100 };
    }
}
