using System.Text;

namespace Waveguide.Simulator.Archive;

/// <summary>
/// A zip written forward only: sizes and CRC are zero in the local header and follow in a data descriptor, as in real
/// answers. Zip64 where a size, an offset or the count asks for it, or everywhere when forced.
/// </summary>
internal sealed class ZipStream(IReadOnlyList<ZipMember> members, DateTime modified, bool forceZip64)
{
    /// <summary>Length of the whole archive.</summary>
    public long Length
    {
        get
        {
            var offset = 0L;
            var directory = 0L;
            foreach (var member in members)
            {
                directory += ZipRecords.Central(member, offset, modified, Wide(member)).Length;
                offset += Span(member);
            }
            return offset + directory + ZipRecords.End(members.Count, directory, offset, forceZip64).Length;
        }
    }

    /// <summary>The first step of two.</summary>
    public async Task WriteMembersAsync(Stream output, CancellationToken cancellationToken)
    {
        foreach (var member in members)
        {
            await output.WriteAsync(ZipRecords.Local(member, modified, Wide(member)), cancellationToken);
            if (member.StoredSize > 0)
            {
                await output.WriteAsync(member.Open(), cancellationToken);
            }
            if (!IsDirectory(member))
            {
                await output.WriteAsync(ZipRecords.Descriptor(member, Wide(member)), cancellationToken);
            }
        }
    }

    /// <summary>The second step.</summary>
    public async Task WriteDirectoryAsync(Stream output, CancellationToken cancellationToken)
    {
        var offset = 0L;
        var directory = 0L;
        foreach (var member in members)
        {
            var record = ZipRecords.Central(member, offset, modified, Wide(member));
            await output.WriteAsync(record, cancellationToken);
            offset += Span(member);
            directory += record.Length;
        }
        await output.WriteAsync(ZipRecords.End(members.Count, directory, offset, forceZip64), cancellationToken);
    }

    private bool Wide(ZipMember member) =>
        !IsDirectory(member) && (forceZip64 || member.Size >= uint.MaxValue || member.StoredSize >= uint.MaxValue);

    private long Span(ZipMember member) =>
        ZipRecords.LocalLength(Encoding.UTF8.GetByteCount(member.Name), Wide(member))
        + member.StoredSize
        + (IsDirectory(member) ? 0 : ZipRecords.DescriptorLength(Wide(member)));

    private static bool IsDirectory(ZipMember member) => member.Name.EndsWith('/');
}
