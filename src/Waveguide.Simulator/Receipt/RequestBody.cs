using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Waveguide.Simulator.Receipt;

internal static class RequestBody
{
    /// <summary>Reads the body, unpacked where it came as gzip; null when that is as large as the limit or larger.</summary>
    /// <exception cref="InvalidDataException">It says that it is gzip, and is not.</exception>
    public static async Task<byte[]?> ReadAsync(
        HttpRequest request,
        int limitBytes,
        CancellationToken cancellationToken
    )
    {
        var isPacked = request.Headers.ContentEncoding == "gzip";
        await using var source = isPacked
            ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true)
            : request.Body;
        using var body = new MemoryStream();
        var block = new byte[64 * 1024];
        while (await source.ReadAsync(block, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read >= limitBytes)
            {
                return null;
            }

            body.Write(block, 0, read);
        }

        return body.ToArray();
    }
}
