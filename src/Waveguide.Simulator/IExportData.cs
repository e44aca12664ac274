namespace Waveguide.Simulator;

/// <summary>What a project holds, by hour of <c>server_upload_time</c>. Safe for use by several threads.</summary>
public interface IExportData
{
    /// <summary>The first hour with rows, UTC; null if there are none.</summary>
    DateTime? FirstHour { get; }

    /// <summary>The last hour with rows, included, UTC; null if there are none.</summary>
    DateTime? LastHour { get; }

    /// <summary>
    /// Whether parts are held in memory anyway. Default false: an answer fetches each again when it is written, and so
    /// holds one at a time.
    /// </summary>
    bool IsInMemory => false;

    /// <summary>
    /// The files of one UTC hour; empty if it has none. Unless the data is in memory, the same files in the same order
    /// with the same bytes at every call.
    /// </summary>
    IReadOnlyList<ExportPart> Parts(DateTime hourUtc);
}

/// <summary>One file of an export archive.</summary>
/// <param name="Name">Member name, such as <c>100011471/100011471_2025-07-09_9#0.json.gz</c>.</param>
/// <param name="Gzip">The member's bytes: gzip, one member or several.</param>
/// <param name="JsonBytes">Size of the JSON lines in it.</param>
/// <param name="Events">Number of its lines.</param>
public sealed record ExportPart(string Name, ReadOnlyMemory<byte> Gzip, long JsonBytes, int Events);
