namespace Waveguide.Benchmarks;

/// <summary>Ranges of equal size over IPv4 and the part of IPv6 that is given out, and addresses to look up in them.</summary>
internal static class RangeSet
{
    public const int Ranges = 1_000_000;
    public const int Addresses = 100_000;
    public const string File = "ranges.csv";

    private const int Half = Ranges / 2;
    private const int Owners = 70_000;
    private const long Size4 = (1L << 32) / Half;
    private const long First6 = 0x2000_0000;
    private const long Size6 = 0x2000_0000 / Half;

    public static Task WriteAsync(string folder)
    {
        var ranges4 = Enumerable
            .Range(0, Half)
            .Select(number => (Text4(number * Size4), Text4(((number + 1) * Size4) - 1), number));
        var ranges6 = Enumerable
            .Range(0, Half)
            .Select(number =>
                (
                    $"{Text6(First6 + (number * Size6))}::",
                    $"{Text6(First6 + ((number + 1) * Size6) - 1)}:ffff:ffff:ffff:ffff:ffff:ffff",
                    number
                )
            );
        return System.IO.File.WriteAllLinesAsync(
            Path.Combine(folder, File),
            ranges4
                .Concat(ranges6)
                .Select(range => $"{range.Item1},{range.Item2},{range.number % Owners},Owner {range.number % Owners}")
        );
    }

    /// <summary>Looks the addresses up in a warehouse that holds nothing else.</summary>
    /// <returns>Seconds.</returns>
    public static async Task<double> LookUpAsync(Published program, string folder)
    {
        Directory.CreateDirectory(folder);
        await WriteAsync(folder);
        await Measured.RunAsync(program.Call(folder, "enrich", "ip", "--from", File, "--quiet"));
        await Warehouse.ChangeAsync(
            folder,
            $$"""
            INSERT INTO amplitude.events BY NAME
            SELECT 'web' AS _project, TIMESTAMP '2026-11-18' AS _upload_hour, 'p' AS _part, number AS _line,
                TIMESTAMP '2026-11-19' AS _loaded_at, number::VARCHAR AS uuid,
                CASE WHEN number % 2 = 0 THEN concat_ws('.', mixed >> 24, mixed >> 16 & 255, mixed >> 8 & 255, mixed & 255)
                    ELSE format('2{:03x}:{:x}::{:x}', mixed >> 20, mixed >> 4 & 65535, mixed & 15)
                END AS ip_address
            FROM (
                SELECT number, number * 2654435761 % 4294967296 AS mixed FROM range({{Addresses}}) AS numbers (number)
            ) AS numbers
            """
        );
        await Measured.RunAsync(program.Call(folder, "transform", "--select", "address_networks", "--quiet"));
        var rows = await Warehouse.RowsAsync(
            folder,
            """
            SELECT seconds, (SELECT count(*) FROM analytics.address_networks WHERE asn IS NOT NULL)
            FROM waveguide.models WHERE name = 'address_networks'
            """
        );
        return rows[0] is [double seconds, long and > Addresses / 10 * 9]
            ? seconds
            : throw new InvalidOperationException($"Of {Addresses} addresses only {rows[0][1]} have an owner.");
    }

    private static string Text4(long address) =>
        $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";

    private static string Text6(long prefix) => $"{prefix >> 16:x}:{prefix & 0xffff:x}";
}
