using System.Text;

namespace Waveguide.Simulator.Archive;

/// <summary>The records of a zip file (PKWARE APPNOTE 4.3).</summary>
internal static class ZipRecords
{
    private const ushort SizesFollow = 8;
    private const uint OwnerMayReadAndWrite = 0x0180_0000;

    public static byte[] Local(ZipMember member, DateTime modified, bool wide)
    {
        var record = new LittleEndian();
        record.U32(0x04034b50).U16(wide ? 45 : 20).U16(Flags(member)).U16(Method(member)).U32(DosTime(modified));
        record.U32(0).U32(wide ? uint.MaxValue : 0).U32(wide ? uint.MaxValue : 0);
        var name = Encoding.UTF8.GetBytes(member.Name);
        record.U16(name.Length).U16(wide ? 20 : 0).Bytes(name);
        return wide ? record.U16(1).U16(16).U64(0).U64(0).ToArray() : record.ToArray();
    }

    public static byte[] Descriptor(ZipMember member, bool wide)
    {
        var record = new LittleEndian().U32(0x08074b50).U32(member.Crc);
        return wide
            ? record.U64(member.StoredSize).U64(member.Size).ToArray()
            : record.U32((uint)member.StoredSize).U32((uint)member.Size).ToArray();
    }

    public static byte[] Central(ZipMember member, long offset, DateTime modified, bool wide)
    {
        var far = wide || offset >= uint.MaxValue;
        var extra = (wide ? 16 : 0) + (far ? 8 : 0);
        var name = Encoding.UTF8.GetBytes(member.Name);
        var record = new LittleEndian();
        record.U32(0x02014b50).U16(far ? 45 : 20).U16(far ? 45 : 20).U16(Flags(member)).U16(Method(member));
        record.U32(DosTime(modified)).U32(member.Crc);
        record.U32(wide ? uint.MaxValue : (uint)member.StoredSize).U32(wide ? uint.MaxValue : (uint)member.Size);
        record.U16(name.Length).U16(far ? extra + 4 : 0).U16(0).U16(0).U16(0).U32(OwnerMayReadAndWrite);
        record.U32(far ? uint.MaxValue : (uint)offset).Bytes(name);
        if (far)
        {
            record.U16(1).U16(extra);
        }
        if (wide)
        {
            record.U64(member.Size).U64(member.StoredSize);
        }
        return far ? record.U64(offset).ToArray() : record.ToArray();
    }

    public static byte[] End(int count, long directoryLength, long directoryOffset, bool forceZip64)
    {
        var record = new LittleEndian();
        var wide = forceZip64 || count >= ushort.MaxValue || directoryOffset + directoryLength >= uint.MaxValue;
        if (wide)
        {
            record.U32(0x06064b50).U64(44).U16(45).U16(45).U32(0).U32(0).U64(count).U64(count);
            record.U64(directoryLength).U64(directoryOffset);
            record.U32(0x07064b50).U32(0).U64(directoryOffset + directoryLength).U32(1);
        }
        record.U32(0x06054b50).U16(0).U16(0);
        record.U16(wide ? ushort.MaxValue : count).U16(wide ? ushort.MaxValue : count);
        record.U32(wide ? uint.MaxValue : (uint)directoryLength).U32(wide ? uint.MaxValue : (uint)directoryOffset);
        return record.U16(0).ToArray();
    }

    public static int LocalLength(int nameLength, bool wide) => 30 + nameLength + (wide ? 20 : 0);

    public static int DescriptorLength(bool wide) => wide ? 24 : 16;

    private static int Method(ZipMember member) => member.Deflated ? 8 : 0;

    private static int Flags(ZipMember member) => member.Name.EndsWith('/') ? 0 : SizesFollow;

    private static uint DosTime(DateTime time) =>
        ((uint)(Math.Clamp(time.Year, 1980, 2107) - 1980) << 25)
        | ((uint)time.Month << 21)
        | ((uint)time.Day << 16)
        | ((uint)time.Hour << 11)
        | ((uint)time.Minute << 5)
        | ((uint)time.Second / 2);
}
