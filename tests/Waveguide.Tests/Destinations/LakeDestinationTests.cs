using Waveguide.Destinations.Lake;
using Waveguide.Storage;

namespace Waveguide.Tests.Destinations;

public abstract class LakeDestinationTests(LakeFormat format) : DestinationContract
{
    protected override async Task<IDestination> OpenAsync(string folder) =>
        await LakeDestination.OpenAsync(
            new FolderStore(Path.Combine(folder, "lake"), TimeProvider.System),
            new LakeDestinationOptions { Format = format, ScratchFolder = Path.Combine(folder, "scratch") },
            new ImpatientClock(Now),
            default
        );
}

public sealed class JsonGzLakeTests() : LakeDestinationTests(LakeFormat.JsonGz);

public sealed class JsonLakeTests() : LakeDestinationTests(LakeFormat.Json);

public sealed class ParquetLakeTests() : LakeDestinationTests(LakeFormat.Parquet);
