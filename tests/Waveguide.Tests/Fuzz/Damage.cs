namespace Waveguide.Tests.Fuzz;

/// <summary>Random damage to bytes, drawn from what tends to matter to a reader.</summary>
internal static class Damage
{
    private static readonly byte[] Letters =
    [
        .. "\"\"\\\\{}[]:,,0123456789-+.eEunltrfas \t\r\0\u00e9"u8,
        0xFF,
        0xED,
        0x1F,
    ];

    /// <summary>One to three hits: a bit, a letter, a letter more or less, a piece twice or gone.</summary>
    /// <param name="bytes">At least one.</param>
    public static List<byte> Of(ReadOnlySpan<byte> bytes, Random dice)
    {
        List<byte> damaged = [.. bytes];
        for (var hits = dice.Next(1, 4); hits > 0 && damaged.Count > 0; hits--)
        {
            Hit(damaged, dice);
        }

        return damaged;
    }

    private static void Hit(List<byte> damaged, Random dice)
    {
        var at = dice.Next(damaged.Count);
        var length = Math.Min(dice.Next(1, 30), damaged.Count - at);
        switch (dice.Next(6))
        {
            case 0:
                damaged[at] ^= (byte)(1 << dice.Next(8));
                break;
            case 1:
                damaged[at] = Letters[dice.Next(Letters.Length)];
                break;
            case 2:
                damaged.Insert(at, Letters[dice.Next(Letters.Length)]);
                break;
            case 3:
                damaged.RemoveAt(at);
                break;
            case 4:
                damaged.InsertRange(at, damaged.GetRange(dice.Next(damaged.Count - length + 1), length));
                break;
            default:
                damaged.RemoveRange(at, length);
                break;
        }
    }
}
