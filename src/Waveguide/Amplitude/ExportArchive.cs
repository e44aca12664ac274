using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Waveguide.Http;
using Waveguide.Scanning;

namespace Waveguide.Amplitude;

/// <summary>
/// A downloaded answer of the Export API, checked whole before anything of it is believed: the directory, every member's
/// name, hour and CRC, and every gzip trailer. Nothing is ever written under a name from the archive.
/// </summary>
internal sealed class ExportArchive
{
    private const int LongestName = 100;

    private readonly HourRange _hours;
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly SpoolFolder _spool;

    private ExportArchive(HourRange hours, string path, SafeFileHandle file, SpoolFolder spool)
    {
        _hours = hours;
        _path = path;
        _file = file;
        _spool = spool;
    }

    /// <param name="hours">What was asked for.</param>
    /// <param name="content">Where to count what the parts hold; null: nowhere.</param>
    /// <returns>The parts, at least one, as ranges of the archive's own bytes wherever they are stored as they are.</returns>
    /// <exception cref="InvalidDataException">Anything at all is wrong with it; the message says what.</exception>
    /// <exception cref="SourceException">There is no room to inflate a member, or too many lines are no rows.</exception>
    public static async Task<IReadOnlyList<FetchedPart>> VerifyAsync(
        HourRange hours,
        string path,
        SpoolFolder spool,
        SliceContent? content,
        CancellationToken cancellationToken
    )
    {
        using var handle = File.OpenHandle(path);
        var parts = await new ExportArchive(hours, path, handle, spool).CheckAsync(cancellationToken);
        await PartCount.ProveAsync(parts, content, cancellationToken);
        return parts;
    }

    private async Task<IReadOnlyList<FetchedPart>> CheckAsync(CancellationToken cancellationToken)
    {
        var members = ReadDirectory();
        var parts = new FetchedPart[members.Count];
        await Parallel.ForAsync(
            0,
            members.Count,
            cancellationToken,
            (index, token) =>
            {
                parts[index] = Check(members[index], index, token);
                return ValueTask.CompletedTask;
            }
        );
        ThrowIfTwice(parts);
        return [.. parts.OrderBy(part => part.Hour).ThenBy(part => part.Name, StringComparer.Ordinal)];
    }

    private List<ZipMember> ReadDirectory()
    {
        try
        {
            var members = ZipDirectory.Read(_file).Where(member => !IsFolder(member)).ToList();
            return members.Count > 0
                ? members
                : throw new InvalidDataException("it has no files in it, though no data is answered by 404");
        }
        catch (InvalidDataException reason)
        {
            throw new InvalidDataException($"{reason.Message}; it begins with {Beginning()}", reason);
        }
    }

    private static void ThrowIfTwice(IEnumerable<FetchedPart> parts)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (parts.FirstOrDefault(part => !names.Add(part.Name)) is { } again)
        {
            throw new InvalidDataException($"{again.Name} is there twice");
        }
    }

    private FetchedPart Check(ZipMember member, int index, CancellationToken cancellationToken)
    {
        if (!PartName.TryParse(member.Name, out var name, out var hour))
        {
            throw new InvalidDataException(
                $"member \"{PlainText.Of(member.Name, LongestName)}\" is not the name of an export file"
            );
        }

        if (!_hours.Contains(hour))
        {
            throw new InvalidDataException($"{name} is of {hour}, which was not asked for");
        }

        try
        {
            var part = member.Method switch
            {
                _ when member.Length == 0 => throw new InvalidDataException("it is empty"),
                0 when member.Length == member.CompressedLength => new FetchedPart(
                    hour,
                    name,
                    _path,
                    member.Offset,
                    member.Length,
                    string.Empty
                ),
                8 => Inflate(member, name, hour, index, cancellationToken),
                _ => throw new InvalidDataException(
                    $"its compression method {member.Method} is unknown, or its sizes differ"
                ),
            };
            return part with { Sha256 = CheckSum(part, member.Crc, cancellationToken) };
        }
        catch (InvalidDataException reason)
        {
            throw new InvalidDataException($"{name}: {reason.Message}", reason);
        }
    }

    private FetchedPart Inflate(
        ZipMember member,
        string name,
        UploadHour hour,
        int index,
        CancellationToken cancellationToken
    )
    {
        Expansion.ThrowIfBomb(member.Length, member.CompressedLength);
        _spool.ThrowIfFull(member.Length);
        var target = string.Create(CultureInfo.InvariantCulture, $"{_path}.{index}.gz");
        using var source = new MemberStream(_file, member);
        using var inflated = new DeflateStream(source, CompressionMode.Decompress);
        using var output = File.Create(target);
        var buffer = new byte[1 << 16];
        int read;
        while (output.Length < member.Length && (read = Read(inflated, buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            output.Write(buffer, 0, read);
        }

        return output.Length == member.Length
            ? new FetchedPart(hour, name, target, 0, member.Length, string.Empty)
            : throw new InvalidDataException("its size is not what the directory says");
    }

    private static int Read(DeflateStream inflated, byte[] buffer)
    {
        try
        {
            return inflated.Read(buffer);
        }
        catch (InvalidDataException reason)
        {
            throw new InvalidDataException("it cannot be inflated", reason);
        }
    }

    private static string CheckSum(FetchedPart part, uint expected, CancellationToken cancellationToken)
    {
        using var source = File.OpenHandle(part.Path);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var crc = default(Crc32);
        // A small one for a small part, of which an archive may have very many.
        var buffer = new byte[Math.Clamp(part.Length, 64, 1 << 17)];
        for (long at = 0; at < part.Length; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = (int)Math.Min(buffer.Length, part.Length - at);
            var read = RandomAccess.Read(source, buffer.AsSpan(0, wanted), part.Offset + at);
            if (read == 0)
            {
                throw new InvalidDataException("it ends too early");
            }

            crc.Append(buffer.AsSpan(0, read));
            sha.AppendData(buffer, 0, read);
            at += read;
        }

        return crc.Value == expected
            ? Convert.ToHexStringLower(sha.GetHashAndReset())
            : throw new InvalidDataException("its zip checksum is wrong");
    }

    private string Beginning()
    {
        var buffer = new byte[80];
        var read = RandomAccess.Read(_file, buffer, 0);
        return read == 0 ? "nothing" : $"\"{PlainText.Of(Encoding.UTF8.GetString(buffer, 0, read), read)}\"";
    }

    private static bool IsFolder(ZipMember member) => member.Name.EndsWith('/') && member.Length == 0;
}
