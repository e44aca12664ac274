using System.Security.Cryptography;
using System.Text.Json;
using Waveguide.Storage;

namespace Waveguide.Destinations.Lake;

/// <summary>Keeps the rejected lines of a slice as objects of JSON lines.</summary>
internal sealed class QuarantineWriter(IObjectStore store, Scan scan, string schema)
{
    /// <summary>As in <see cref="LakeFile.Format"/>.</summary>
    public const string Format = "jsonl";

    /// <param name="lines">Of one hour; of a snapshot, of one part.</param>
    /// <param name="part">Null: of all parts.</param>
    /// <returns>None or one.</returns>
    public async Task<IReadOnlyList<LakeFile>> WriteAsync(
        UploadHour hour,
        IReadOnlyList<RejectedLine> lines,
        string? part,
        CancellationToken cancellationToken
    )
    {
        if (lines.Count == 0)
        {
            return [];
        }

        var slice = scan.Slice;
        var bytes = new List<byte>();
        foreach (var line in lines)
        {
            bytes.AddRange(
                JsonSerializer.SerializeToUtf8Bytes(
                    new QuarantinedLine(
                        slice.Project,
                        slice.Table.Name,
                        hour.Start,
                        line.Part,
                        line.Line,
                        line.Offset,
                        line.Reason,
                        line.Raw,
                        scan.LoadedAt.UtcDateTime
                    ),
                    LakeText.Json
                )
            );
            bytes.Add((byte)'\n');
        }

        var content = bytes.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var key = $"{LakeScope.Of(slice.Project, slice.Table, hour).Quarantine}{hour}.{hash[..16]}.{Format}";
        await store.PutAsync(key, ObjectContent.Of(content), cancellationToken);
        return
        [
            new LakeFile(key, content.Length, hash, Format, schema)
            {
                Hour = hour,
                LoadedAt = scan.LoadedAt,
                Part = part,
                Rows = lines.Count,
            },
        ];
    }

    /// <summary>As it stands in <c>waveguide.quarantine</c>.</summary>
    /// <param name="Raw">As base64.</param>
    private sealed record QuarantinedLine(
        string Project,
        string TableName,
        DateTime UploadHour,
        string Part,
        long Line,
        long ByteOffset,
        string Reason,
        byte[] Raw,
        DateTime LoadedAt
    );
}
