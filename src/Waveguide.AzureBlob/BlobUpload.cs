using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Waveguide.Storage;

namespace Waveguide.AzureBlob;

/// <summary>
/// Writes objects: small ones in one request, larger ones in blocks, several at once, which become the object in one
/// step at the end. Blocks that never did are invisible; Azure drops them after a week, or when the object is written.
/// </summary>
internal sealed class BlobUpload(BlobSender sender, BlobPlace place, AzureBlobOptions options) : IDisposable
{
    /// <summary>Taken before bytes are read into memory, until they are sent.</summary>
    private readonly SemaphoreSlim _places = new(options.Send.Concurrency);

    public async Task PutAsync(string key, ObjectContent content, CancellationToken cancellationToken)
    {
        await using var source = content.Open();
        if (content.Length <= options.BlockBytes)
        {
            using var whole = await ReadAsync(source, (int)content.Length, cancellationToken);
            await SendAsync(key, string.Empty, whole.Bytes, [("x-ms-blob-type", "BlockBlob")], cancellationToken);
            return;
        }

        var upload = $"{Guid.NewGuid():n}";
        await Parallel.ForEachAsync(
            ReadAllAsync(source, content.Length, cancellationToken),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.Send.Concurrency,
                CancellationToken = cancellationToken,
            },
            (block, token) => SendBlockAsync(key, upload, block, token)
        );
        var count = (int)((content.Length + options.BlockBytes - 1) / options.BlockBytes);
        await SendAsync(key, "?comp=blocklist", BlockList(upload, count), [], cancellationToken);
    }

    public void Dispose() => _places.Dispose();

    private async Task SendAsync(
        string key,
        string query,
        ReadOnlyMemory<byte> body,
        (string, string)[] headers,
        CancellationToken cancellationToken
    )
    {
        var request = new BlobRequest($"writing {place.TextOf(key)}", HttpMethod.Put, place.Of(key, query))
        {
            Body = body,
            Headers = headers,
        };
        using var answer = await sender.SendAsync(request, cancellationToken);
    }

    private async ValueTask SendBlockAsync(string key, string upload, Block block, CancellationToken cancellationToken)
    {
        using (block)
        {
            var query = $"?comp=block&blockid={Uri.EscapeDataString(BlockId(upload, block.Number))}";
            await SendAsync(key, query, block.Bytes, [], cancellationToken);
        }
    }

    private async IAsyncEnumerable<Block> ReadAllAsync(
        Stream source,
        long length,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var number = 0;
        for (long offset = 0; offset < length; offset += options.BlockBytes)
        {
            var size = (int)Math.Min(options.BlockBytes, length - offset);
            yield return await ReadAsync(source, size, cancellationToken) with
            {
                Number = number++,
            };
        }
    }

    private async Task<Block> ReadAsync(Stream source, int length, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var block = new Block(buffer, length, _places);
        try
        {
            await source.ReadExactlyAsync(buffer.AsMemory(0, length), cancellationToken);
            return block;
        }
        catch
        {
            block.Dispose();
            throw;
        }
    }

    /// <summary>Of one length in all uploads, as Azure demands, and another in each, so that two never mix.</summary>
    private static string BlockId(string upload, int number) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{upload}-{number:d5}"));

    private static byte[] BlockList(string upload, int count) =>
        Encoding.ASCII.GetBytes(
            $"<BlockList>{string.Concat(Enumerable.Range(0, count).Select(number => $"<Latest>{BlockId(upload, number)}</Latest>"))}</BlockList>"
        );

    /// <summary>Bytes in memory, and the place that they take.</summary>
    private sealed record Block(byte[] Buffer, int Length, SemaphoreSlim Places) : IDisposable
    {
        public int Number { get; init; }

        public ReadOnlyMemory<byte> Bytes => Buffer.AsMemory(0, Length);

        public void Dispose()
        {
            ArrayPool<byte>.Shared.Return(Buffer);
            Places.Release();
        }
    }
}
