using Waveguide.Destinations.Lake;
using Waveguide.Storage;

namespace Waveguide.Tests.Destinations;

/// <summary>A lake in a folder.</summary>
public abstract class FolderLakeTests(LakeFormat format) : LakeContract(format)
{
    protected override Task<IObjectStore> StoreAsync() =>
        Task.FromResult<IObjectStore>(new FolderStore(Folder.At("lake"), TimeProvider.System));

    protected override Task<IReadOnlyList<string>> HalfWrittenAsync() =>
        Task.FromResult<IReadOnlyList<string>>([
            .. Directory.EnumerateFiles(Folder.At("lake/.waveguide")).Where(file => Path.GetFileName(file) != "lock"),
        ]);
}

public sealed class JsonGzLakeTests() : FolderLakeTests(LakeFormat.JsonGz)
{
    [Fact]
    public async Task Parts_are_kept_byte_for_byte()
    {
        var part = Part(0, "a", "b");
        await LoadAsync(part);
        var kept = Folder.At($"lake/{Assert.Single(await KeysAsync("amplitude/"))}");
        Assert.EndsWith(".json.gz", kept, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(part.Path), await File.ReadAllBytesAsync(kept));
    }
}

public sealed class JsonLakeTests() : FolderLakeTests(LakeFormat.Json)
{
    [Fact]
    public async Task Parts_are_kept_unpacked()
    {
        await LoadAsync(Part(0, "a", "b"));
        var kept = Folder.At($"lake/{Assert.Single(await KeysAsync("amplitude/"))}");
        Assert.EndsWith(".json", kept, StringComparison.Ordinal);
        byte[] lines = [.. Rig.Line("a"), (byte)'\n', .. Rig.Line("b"), (byte)'\n'];
        Assert.Equal(lines, await File.ReadAllBytesAsync(kept));
    }
}

public sealed class ParquetLakeTests() : FolderLakeTests(LakeFormat.Parquet);
