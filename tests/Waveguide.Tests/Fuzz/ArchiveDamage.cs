using System.Buffers.Binary;

namespace Waveguide.Tests.Fuzz;

/// <summary>Damage that knows a zip archive's records: a field with a figure that lies, a piece of another archive.</summary>
internal static class ArchiveDamage
{
    private static readonly long[] Figures =
    [
        0,
        1,
        2,
        8,
        0x7FFF,
        0xFFFE,
        0xFFFF,
        0x7FFF_FFFF,
        0xFFFF_FFFE,
        0xFFFF_FFFF,
        long.MaxValue,
        -1,
    ];

    public static byte[] Of(byte[] zip, byte[] other, Random dice)
    {
        switch (dice.Next(6))
        {
            case 0:
                return [.. Damage.Of(zip, dice)];
            case 1:
                return zip[..dice.Next(zip.Length)];
            case 2:
                return Spliced(zip, other, dice);
            default:
                var lying = zip.ToArray();
                for (var fields = dice.Next(1, 3); fields > 0; fields--)
                {
                    Lie(lying, dice);
                }

                return lying;
        }
    }

    /// <summary>A figure of a record's head becomes another, or a little more or less than it was.</summary>
    private static void Lie(byte[] zip, Random dice)
    {
        var records = Enumerable
            .Range(0, Math.Max(0, zip.Length - 4))
            .Where(at => zip.AsSpan(at).StartsWith("PK"u8))
            .ToList();
        if (records.Count == 0)
        {
            return;
        }

        var at = records[dice.Next(records.Count)] + dice.Next(4, 60);
        var width = 1 << dice.Next(4);
        if (at + width > zip.Length)
        {
            return;
        }

        Span<byte> field = stackalloc byte[8];
        zip.AsSpan(at, width).CopyTo(field);
        var figure =
            dice.Next(2) == 0
                ? Figures[dice.Next(Figures.Length)]
                : unchecked(BinaryPrimitives.ReadInt64LittleEndian(field) + dice.Next(-3, 4));
        BinaryPrimitives.WriteInt64LittleEndian(field, figure);
        field[..width].CopyTo(zip.AsSpan(at));
    }

    private static byte[] Spliced(byte[] zip, byte[] other, Random dice)
    {
        var (from, until) = (dice.Next(other.Length + 1), dice.Next(other.Length + 1));
        var piece = other.AsSpan(Math.Min(from, until), Math.Abs(until - from));
        var at = dice.Next(zip.Length + 1);
        return
        [
            .. zip.AsSpan(0, at),
            .. piece,
            .. zip.AsSpan(Math.Min(zip.Length, at + (dice.Next(2) * piece.Length))),
        ];
    }
}
