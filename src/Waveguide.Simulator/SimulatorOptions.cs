namespace Waveguide.Simulator;

public sealed record SimulatorOptions
{
    public required IReadOnlyList<SimulatedProject> Projects { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Time from the start of an hour until it is served. Default three hours: Amplitude promises 20:00-21:00 at 23:00.
    /// </summary>
    public TimeSpan AvailabilityLag { get; init; } = TimeSpan.FromHours(3);

    /// <summary>
    /// An hour asked for too early answers with the part of its rows that time has brought, instead of none.
    /// Default false.
    /// </summary>
    public bool PartialHours { get; init; }

    /// <summary>Uncompressed JSON bytes above which the answer is 400. Default 4 GB (4,000,000,000).</summary>
    public long SizeLimitBytes { get; init; } = 4_000_000_000;

    /// <summary>Uncompressed JSON bytes above which the answer is 504. Default null: never.</summary>
    public long? SlowLimitBytes { get; init; }

    /// <summary>Requests of one project at the same time; one more is answered 429. Default 5.</summary>
    public int ConcurrencyLimit { get; init; } = 5;

    /// <summary>Seconds in the <c>Retry-After</c> header of such a 429. Default null: no header.</summary>
    public int? ConcurrencyRetryAfter { get; init; }

    /// <summary>What is refused of uploads to projects whose data is <see cref="ReceivedEvents"/>.</summary>
    public ReceiptLimits Receipt { get; init; } = new();

    public RefusalStyle Refusal { get; init; }

    public ArchiveStyle Style { get; init; } = new();

    public FaultScript Faults { get; init; } = FaultScript.None;

    /// <summary>Port of the US address. Default 0: any free port.</summary>
    public int Port { get; init; }

    /// <summary>Port of the EU address. Default 0: any free port.</summary>
    public int EuPort { get; init; }
}

/// <summary>How wrong credentials, or those of the other region, are answered.</summary>
public enum RefusalStyle
{
    /// <summary>403 with the JSON body of real answers of 2025.</summary>
    Json,

    /// <summary>403 with the text <c>Invalid API Key</c>.</summary>
    Text,

    /// <summary>403 with the 69-byte page of older answers.</summary>
    Html,

    /// <summary>401, which clients expect and nobody has seen.</summary>
    Unauthorized,
}

/// <summary>
/// Form of the archive. The default is that of real answers: stored members with data descriptors, names in text
/// order, no directory entry, a Content-Length.
/// </summary>
public sealed record ArchiveStyle
{
    public bool Deflated { get; init; }

    public bool DirectoryEntry { get; init; }

    /// <summary>Zip64 records even where the sizes do not ask for them.</summary>
    public bool Zip64 { get; init; }

    /// <summary>Chunked transfer in place of a Content-Length.</summary>
    public bool Chunked { get; init; }

    /// <summary>Hours in order of time (2, 10) in place of text order (10, 2).</summary>
    public bool HoursInOrder { get; init; }
}
