using System.Security.Cryptography;

namespace Waveguide.AzureBlob;

/// <summary>One question to the blob service.</summary>
/// <param name="What">What it is for, at the beginning of every message about it.</param>
internal sealed record BlobRequest(string What, HttpMethod Method, Uri Target)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Sent with its MD5, by which the service checks what arrives.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Azure's error codes that answer the question, and are no failure.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>Whether the answer is read whole before it counts: a short one, of which there is no half.</summary>
    public bool ReadsWhole { get; init; }

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Target);
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentMD5 = MD5.HashData(body.Span);
        }

        return message;
    }
}
