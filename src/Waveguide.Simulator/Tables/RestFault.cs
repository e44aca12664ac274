namespace Waveguide.Simulator.Tables;

/// <summary>A wrong answer of an API other than the export.</summary>
/// <param name="Path">Beginning of the paths that are struck.</param>
public sealed record RestFault(string Path, int Status)
{
    /// <summary>How often it strikes. Default null: always.</summary>
    public int? Times { get; init; }

    /// <summary>Body of the answer. Default empty.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Seconds in the header <c>Retry-After</c>. Default null: no header.</summary>
    public int? RetryAfter { get; init; }
}
