using System.Net;

namespace Waveguide.AzureBlob;

/// <summary>
/// An object's bytes as they arrive. Where an answer breaks off or stands still, the rest is asked for again, of the
/// same version; the stream never ends before the object does.
/// </summary>
internal sealed class BlobReader : Stream
{
    /// <summary>Breaks in a row, without a byte between them, that are borne.</summary>
    private const int MostBreaks = 5;

    private readonly BlobSender _sender;
    private readonly BlobRequest _request;
    private readonly TimeProvider _clock;
    private readonly string _version;
    private HttpResponseMessage _answer;
    private Stream? _body;
    private long _position;
    private int _breaks;

    /// <param name="answer">To the request for the whole object; disposed with the stream.</param>
    public BlobReader(BlobSender sender, BlobRequest request, HttpResponseMessage answer, TimeProvider clock)
    {
        _sender = sender;
        _request = request;
        _answer = answer;
        _clock = clock;
        _version = answer.Headers.ETag?.ToString() ?? string.Empty;
        Length = answer.Content.Headers.ContentLength ?? 0;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_position < Length && buffer.Length > 0)
        {
            if (await TryReadAsync(buffer, cancellationToken) is { } read)
            {
                _position += read;
                _breaks = 0;
                return read;
            }

            await AskForRestAsync(cancellationToken);
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _body?.Dispose();
        _answer.Dispose();
        base.Dispose(disposing);
    }

    /// <returns>Null if the answer broke off, and the rest may be asked for.</returns>
    private async Task<int?> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_sender.Stall, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            _body ??= await _answer.Content.ReadAsStreamAsync(both.Token);
            var read = await _body.ReadAsync(buffer, both.Token);
            return read > 0
                ? read
                : throw new EndOfStreamException($"it ended after {_position:N0} of {Length:N0} bytes");
        }
        catch (Exception reason)
            when (reason is IOException or HttpRequestException
                || (reason is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return ++_breaks <= MostBreaks ? null : throw _sender.Broken(_request, reason).ToException(_breaks);
        }
    }

    private async Task AskForRestAsync(CancellationToken cancellationToken)
    {
        _body?.Dispose();
        _body = null;
        _answer.Dispose();
        _answer = await _sender.SendAsync(
            _request with
            {
                Headers = [("x-ms-range", $"bytes={_position}-"), ("If-Match", _version)],
                Answers = ["BlobNotFound", "ConditionNotMet"],
            },
            cancellationToken
        );
        if (_answer.StatusCode != HttpStatusCode.PartialContent)
        {
            throw new DestinationException($"{_request.What}: it was replaced or deleted on the way.")
            {
                Hint = "Run again, when no other process writes there.",
            };
        }
    }
}
