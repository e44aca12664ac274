namespace Waveguide.Simulator.Faults;

/// <summary>A file on its way into an archive.</summary>
internal sealed record ServedPart(ExportPart Part)
{
    public bool BadZipCrc { get; init; }

    public bool GroupByDay { get; init; }
}

/// <summary>An hour on its way into an archive.</summary>
/// <param name="Parts">The hour's files.</param>
/// <param name="Before">The files of the hour before.</param>
internal sealed record ServedHour(IReadOnlyList<ServedPart> Parts, IReadOnlyList<ExportPart> Before);
