namespace Waveguide.Http;

internal static class Download
{
    /// <summary>Bytes between two looks at the free space.</summary>
    private const long Stride = 64 << 20;

    /// <summary>Writes an answer's body to a file, in place of what is in it, with as little memory as it takes.</summary>
    /// <exception cref="SourceException">The disk is full or not writable, or the body ended early.</exception>
    public static async Task ToFileAsync(
        HttpContent content,
        string path,
        SpoolFolder spool,
        IdleLimit limit,
        CancellationToken cancellationToken
    )
    {
        spool.ThrowIfFull(content.Headers.ContentLength ?? Stride);
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        await using var file = Create(path);
        var buffer = new byte[1 << 17];
        long written = 0;
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            limit.Restart();
            if (written / Stride != (written + read) / Stride)
            {
                spool.ThrowIfFull(Stride);
            }

            await WriteAsync(file, buffer.AsMemory(0, read), cancellationToken);
            written += read;
        }
    }

    private static FileStream Create(string path)
    {
        try
        {
            return new FileStream(
                path,
                FileMode.Create,
                FileAccess.Write,
                FileShare.Read,
                bufferSize: 0,
                FileOptions.Asynchronous
            );
        }
        catch (Exception reason) when (SpoolFolder.IsOfDisk(reason))
        {
            throw SpoolFolder.Unusable(Path.GetDirectoryName(path)!, reason);
        }
    }

    private static async Task WriteAsync(
        FileStream file,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException reason)
        {
            throw SpoolFolder.Unusable(Path.GetDirectoryName(file.Name)!, reason);
        }
    }
}
