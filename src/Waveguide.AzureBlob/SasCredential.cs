using System.Globalization;
using Waveguide.Diagnostics;

namespace Waveguide.AzureBlob;

/// <summary>A shared access signature: it goes with each address, which therefore is never shown.</summary>
internal sealed class SasCredential(Secret token) : BlobCredential
{
    public override string WhenNotAllowed =>
        "Make a SAS token for the container with read, create, write, delete and list (sp=rcwdl), valid from this network.";

    public override string WhenNotBelieved(DateTimeOffset now) =>
        Time("se") is { } end && end <= now ? $"The SAS token ended at {end:yyyy-MM-dd HH:mm} UTC: make a new one."
        : Time("st") is { } start && start > now
            ? $"The SAS token begins at {start:yyyy-MM-dd HH:mm} UTC: wait for it, or make a new one."
        : "The SAS token is not of this account or container, or its key was changed: make a new one.";

    public override ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = request.RequestUri!;
        var joint = target.Query.Length == 0 ? '?' : '&';
        request.RequestUri = new Uri($"{target.AbsoluteUri}{joint}{Parameters()}");
        return ValueTask.CompletedTask;
    }

    private string Parameters() => token.Reveal().Trim().TrimStart('?');

    private DateTimeOffset? Time(string name)
    {
        var pair = Parameters()
            .Split('&')
            .FirstOrDefault(part => part.StartsWith($"{name}=", StringComparison.Ordinal));
        return
            pair is not null
            && DateTimeOffset.TryParse(
                Uri.UnescapeDataString(pair[(name.Length + 1)..]),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
            ? time
            : null;
    }
}
