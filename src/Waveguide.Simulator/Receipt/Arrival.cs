namespace Waveguide.Simulator.Receipt;

/// <summary>How and when an upload came in; times are UTC and whole milliseconds.</summary>
/// <param name="Path">Path of the request, such as <c>/2/httpapi</c>.</param>
/// <param name="Address">The sender's address.</param>
/// <param name="Received">When it reached the server.</param>
/// <param name="ClientUpload">When it was sent, by the client's clock.</param>
internal sealed record Arrival(string Path, string Address, DateTime Received, DateTime ClientUpload)
{
    private static readonly TimeSpan ClocksAgree = TimeSpan.FromMinutes(1);

    /// <summary>When it was ingested: 3 ms later, as in real exports.</summary>
    public DateTime Uploaded => Received.AddMilliseconds(3);

    /// <summary>Two seconds after that, as in real exports.</summary>
    public DateTime Processed => Uploaded.AddSeconds(2);

    /// <summary>The client's time, corrected where its clock is off by a minute or more (S3 export, "Raw data fields").</summary>
    public DateTime Corrected(DateTime clientEvent) =>
        (Received - ClientUpload).Duration() < ClocksAgree ? clientEvent : clientEvent + (Received - ClientUpload);
}
