using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Waveguide.Amplitude;

/// <summary>
/// The central directory of a zip file (PKWARE APPNOTE 4.3), zip64 included, with nothing taken on trust: every member
/// lies inside the file and beside the others, and its local header names it alike. The base library's reader tells no
/// offsets and believes what the directory says.
/// </summary>
internal sealed class ZipDirectory
{
    private const uint End64LocatorSignature = 0x07064b50;
    private const uint End64Signature = 0x06064b50;
    private const uint EntrySignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;
    private const string SeveralVolumes = "it is one of several volumes";
    private const int EndLength = 22;
    private const int EntryLength = 46;
    private const int LocalLength = 30;
    private const int End64Length = 56;
    private const int LocatorLength = 20;

    /// <summary>It is held in memory; a year's hours in a hundred shards need half of this.</summary>
    private const long LongestDirectory = 256 << 20;

    private static ReadOnlySpan<byte> EndSignature => "PK\u0005\u0006"u8;

    private readonly SafeFileHandle _file;
    private readonly long _length;

    private ZipDirectory(SafeFileHandle file)
    {
        _file = file;
        _length = RandomAccess.GetLength(file);
    }

    /// <exception cref="InvalidDataException">The file is not a whole zip file; the message says why.</exception>
    public static IReadOnlyList<ZipMember> Read(SafeFileHandle file) => new ZipDirectory(file).Read();

    private List<ZipMember> Read()
    {
        var (start, size, count, end) = FindDirectory();
        if (size < 0 || size > end || start != end - size || count < 0 || count > size / EntryLength)
        {
            throw new InvalidDataException("its directory is not where its end says");
        }

        if (size > LongestDirectory)
        {
            throw new InvalidDataException($"its directory is longer than {LongestDirectory >> 20} MB");
        }

        var directory = Bytes(start, size);
        var members = new List<ZipMember>((int)Math.Min(count, 1 << 20));
        var at = 0;
        for (long index = 0; index < count; index++)
        {
            members.Add(ReadEntry(directory.AsSpan(at), start, out var used));
            at += used;
        }

        if (at != directory.Length)
        {
            throw new InvalidDataException("its directory is longer than its entries");
        }

        ThrowIfOverlapping(members);
        return members;
    }

    private (long Start, long Size, long Count, long End) FindDirectory()
    {
        var tail = Bytes(
            Math.Max(0, _length - EndLength - ushort.MaxValue),
            Math.Min(_length, EndLength + ushort.MaxValue)
        );
        // Readers differ in which of two ends they believe, so behind the true one nothing may look like another.
        var at = tail.AsSpan().LastIndexOf(EndSignature);
        if (at < 0 || at + EndLength > tail.Length || at + EndLength + U16(tail.AsSpan(at), 20) != tail.Length)
        {
            throw new InvalidDataException(_length == 0 ? "it is empty" : "it has no end, or is not a zip archive");
        }

        var end = tail.AsSpan(at);
        var position = _length - tail.Length + at;
        var wide = IsWide(end) ? FindDirectory64(position) : null;
        return IsOneVolume(end, wide is not null)
            ? wide ?? (U32(end, 16), U32(end, 12), U16(end, 10), position)
            : throw new InvalidDataException(SeveralVolumes);
    }

    /// <summary>Whether a figure of the end stands for one of 64 bits; 65,535 members may also be just that many.</summary>
    private static bool IsWide(ReadOnlySpan<byte> end) =>
        U16(end, 4) == ushort.MaxValue
        || U16(end, 10) == ushort.MaxValue
        || U32(end, 12) == uint.MaxValue
        || U32(end, 16) == uint.MaxValue;

    /// <param name="isWide">Whether a 64-bit end counts, which may stand for the numbers of the volumes too.</param>
    private static bool IsOneVolume(ReadOnlySpan<byte> end, bool isWide)
    {
        const ushort elsewhere = ushort.MaxValue;
        var (volume, start) = (U16(end, 4), U16(end, 6));
        return volume == start && (volume == 0 || (isWide && volume == elsewhere)) && U16(end, 8) == U16(end, 10);
    }

    private (long Start, long Size, long Count, long End)? FindDirectory64(long end)
    {
        var locator = end < LocatorLength ? [] : Bytes(end - LocatorLength, LocatorLength);
        if (locator.Length == 0 || U32(locator, 0) != End64LocatorSignature)
        {
            return null;
        }

        var position = I64(locator, 8);
        if (position < 0 || position > end - LocatorLength - End64Length)
        {
            throw new InvalidDataException("its 64-bit directory lies outside the file");
        }

        var end64 = Bytes(position, End64Length);
        if (U32(end64, 0) != End64Signature)
        {
            throw new InvalidDataException("its 64-bit directory is damaged");
        }

        return U32(end64, 16) == 0 && U32(end64, 20) == 0 && I64(end64, 24) == I64(end64, 32)
            ? (I64(end64, 48), I64(end64, 40), I64(end64, 32), position)
            : throw new InvalidDataException(SeveralVolumes);
    }

    private ZipMember ReadEntry(ReadOnlySpan<byte> entry, long directoryStart, out int used)
    {
        if (entry.Length < EntryLength || U32(entry, 0) != EntrySignature)
        {
            throw new InvalidDataException("its directory is damaged");
        }

        int nameLength = U16(entry, 28);
        int extraLength = U16(entry, 30);
        used = EntryLength + nameLength + extraLength + U16(entry, 32);
        if (used > entry.Length)
        {
            throw new InvalidDataException("its directory is cut short");
        }

        var name = entry.Slice(EntryLength, nameLength);
        var sizes = new Sizes(U32(entry, 24), U32(entry, 20), U32(entry, 42), U16(entry, 34));
        sizes = sizes.Widen(entry.Slice(EntryLength + nameLength, extraLength));
        if (sizes.Volume != 0)
        {
            throw new InvalidDataException(SeveralVolumes);
        }

        var data = DataOffset(sizes.Offset, name, directoryStart);
        if (sizes.Compressed < 0 || sizes.Plain < 0 || sizes.Compressed > directoryStart - data)
        {
            throw new InvalidDataException($"member \"{Text(name)}\" lies outside the file");
        }

        if ((U16(entry, 8) & 1) != 0)
        {
            throw new InvalidDataException($"member \"{Text(name)}\" is encrypted");
        }

        return new ZipMember(Text(name), U16(entry, 10), U32(entry, 16), sizes.Plain, data, sizes.Compressed);
    }

    private long DataOffset(long header, ReadOnlySpan<byte> name, long directoryStart)
    {
        if (header < 0 || header > directoryStart - LocalLength - name.Length)
        {
            throw new InvalidDataException($"member \"{Text(name)}\" lies outside the file");
        }

        var local = Bytes(header, LocalLength + name.Length);
        return
            U32(local, 0) == LocalSignature
            && U16(local, 26) == name.Length
            && name.SequenceEqual(local.AsSpan(LocalLength))
            ? header + LocalLength + name.Length + U16(local, 28)
            : throw new InvalidDataException($"member \"{Text(name)}\" is not where the directory says");
    }

    private static void ThrowIfOverlapping(List<ZipMember> members)
    {
        long end = 0;
        foreach (var member in members.Where(member => member.CompressedLength > 0).OrderBy(member => member.Offset))
        {
            if (member.Offset < end)
            {
                throw new InvalidDataException($"member \"{member.Name}\" overlaps another");
            }

            end = member.Offset + member.CompressedLength;
        }
    }

    private byte[] Bytes(long offset, long count)
    {
        var bytes = new byte[checked((int)count)];
        var filled = 0;
        while (filled < bytes.Length)
        {
            var read = RandomAccess.Read(_file, bytes.AsSpan(filled), offset + filled);
            if (read == 0)
            {
                throw new InvalidDataException("it ends too early");
            }

            filled += read;
        }

        return bytes;
    }

    private static string Text(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name);

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    /// <summary>The figures of an entry that move to the zip64 extra field when they do not fit its own.</summary>
    private readonly record struct Sizes(long Plain, long Compressed, long Offset, long Volume)
    {
        public Sizes Widen(ReadOnlySpan<byte> extra)
        {
            for (; extra.Length >= 4; extra = extra[Math.Min(extra.Length, 4 + U16(extra, 2))..])
            {
                if (U16(extra, 0) != 1)
                {
                    continue;
                }

                if (4 + U16(extra, 2) > extra.Length)
                {
                    throw new InvalidDataException("its directory is damaged");
                }

                var values = extra.Slice(4, U16(extra, 2));
                return new Sizes(
                    Take(Plain, ref values),
                    Take(Compressed, ref values),
                    Take(Offset, ref values),
                    Volume != ushort.MaxValue || values.Length < 4 ? Volume : U32(values, 0)
                );
            }

            return this;
        }

        private static long Take(long narrow, ref ReadOnlySpan<byte> values)
        {
            if (narrow != uint.MaxValue)
            {
                return narrow;
            }

            if (values.Length < 8)
            {
                throw new InvalidDataException("its directory lacks a 64-bit size");
            }

            var wide = I64(values, 0);
            values = values[8..];
            return wide;
        }
    }
}

/// <param name="Method">0 is stored, 8 is deflated.</param>
/// <param name="Length">Bytes when decompressed.</param>
/// <param name="Offset">Where the member's bytes begin in the file.</param>
internal sealed record ZipMember(string Name, ushort Method, uint Crc, long Length, long Offset, long CompressedLength);
