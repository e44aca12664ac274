using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Waveguide.Scanning;

namespace Waveguide.Amplitude;

/// <summary>
/// A downloaded answer of the Export API, checked whole before anything of it is believed: the directory, every member's
/// name, hour and CRC, and every gzip trailer. Nothing is ever written under a name from the archive.
/// </summary>
internal sealed class ExportArchive
{
    /// <summary>A part that is larger than this may not expand more than <see cref="MaxExpansion"/> times.</summary>
    private const long SmallPart = 1L << 30;

    /// <summary>Real parts expand about twelve times.</summary>
    private const long MaxExpansion = 200;

    private readonly Slice _slice;
    private readonly string _path;
    private readonly SafeFileHandle _file;

    private ExportArchive(Slice slice, string path, SafeFileHandle file)
    {
        _slice = slice;
        _path = path;
        _file = file;
    }

    /// <returns>The parts, as ranges of the archive's own bytes wherever they are stored as they are.</returns>
    /// <exception cref="SourceException">Anything at all is wrong with it.</exception>
    public static async Task<IReadOnlyList<FetchedPart>> VerifyAsync(
        Slice slice,
        string path,
        CancellationToken cancellationToken
    )
    {
        using var handle = File.OpenHandle(path);
        return await new ExportArchive(slice, path, handle).VerifyAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<FetchedPart>> VerifyAsync(CancellationToken cancellationToken)
    {
        var members = ReadDirectory();
        var parts = new FetchedPart[members.Count];
        await Parallel.ForAsync(
            0,
            members.Count,
            cancellationToken,
            (index, token) =>
            {
                parts[index] = Verify(members[index], index, token);
                return ValueTask.CompletedTask;
            }
        );
        return [.. parts.OrderBy(part => part.Hour).ThenBy(part => part.Name, StringComparer.Ordinal)];
    }

    private List<ZipMember> ReadDirectory()
    {
        try
        {
            var members = ZipDirectory.Read(_file).Where(member => !IsFolder(member)).ToList();
            var twice = members
                .GroupBy(member => member.Name, StringComparer.Ordinal)
                .FirstOrDefault(name => name.Count() > 1);
            return twice is null ? members : throw new InvalidDataException($"member \"{twice.Key}\" is there twice");
        }
        catch (InvalidDataException reason)
        {
            throw Damaged($"{reason.Message}; it begins with {Beginning()}", reason);
        }
    }

    private FetchedPart Verify(ZipMember member, int index, CancellationToken cancellationToken)
    {
        if (!PartName.TryParse(member.Name, out var name, out var hour))
        {
            throw Damaged($"member \"{Printable(member.Name)}\" is not the name of an export file");
        }

        if (!_slice.Hours.Contains(hour))
        {
            throw Damaged($"{name} is of {hour}, which was not asked for");
        }

        try
        {
            var part = member.Method switch
            {
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
            part = part with { Sha256 = CheckSum(part, member.Crc, cancellationToken) };
            CheckGzip(part, cancellationToken);
            return part;
        }
        catch (InvalidDataException reason)
        {
            throw Damaged($"{name}: {reason.Message}", reason);
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
        var target = string.Create(CultureInfo.InvariantCulture, $"{_path}.{index}.gz");
        using var source = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read);
        source.Position = member.Offset;
        using var inflated = new DeflateStream(source, CompressionMode.Decompress);
        using var output = File.Create(target);
        var buffer = new byte[1 << 16];
        int read;
        while (output.Length < member.Length && (read = inflated.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            output.Write(buffer, 0, read);
        }

        return output.Length == member.Length
            ? new FetchedPart(hour, name, target, 0, member.Length, string.Empty)
            : throw new InvalidDataException("its size is not what the directory says");
    }

    private static string CheckSum(FetchedPart part, uint expected, CancellationToken cancellationToken)
    {
        using var source = File.OpenHandle(part.Path);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var crc = default(Crc32);
        var buffer = new byte[1 << 17];
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

    private static void CheckGzip(FetchedPart part, CancellationToken cancellationToken)
    {
        using var json = PartStream.Open(part);
        var buffer = new byte[1 << 17];
        long total = 0;
        int read;
        while ((read = json.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            total += read;
            if (total > SmallPart && total / MaxExpansion > part.Length)
            {
                throw new InvalidDataException($"it expands more than {MaxExpansion} times");
            }
        }
    }

    private SourceException Damaged(string what, Exception? reason = null) =>
        new(SourceFailure.Damaged, $"The archive for {_slice.Hours} is damaged: {what}.", reason)
        {
            Hint = "Nothing of it was loaded. Run again later; if it stays, tell Amplitude's support this file's name.",
        };

    private string Beginning()
    {
        var buffer = new byte[80];
        var read = RandomAccess.Read(_file, buffer, 0);
        return read == 0 ? "nothing" : $"\"{Printable(System.Text.Encoding.UTF8.GetString(buffer, 0, read))}\"";
    }

    private static bool IsFolder(ZipMember member) => member.Name.EndsWith('/') && member.Length == 0;

    private static string Printable(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) || letter == '\uFFFD' ? '.' : letter));
}
