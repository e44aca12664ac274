namespace Waveguide.Simulator.Traffic;

/// <summary>The user ids of visitors who log in: addresses of invented people, and plain ids.</summary>
internal static class Accounts
{
    private static readonly string[] First =
    [
        "ana",
        "bram",
        "chloe",
        "deepak",
        "elif",
        "farid",
        "grace",
        "hugo",
        "ines",
        "jonas",
    ];

    private static readonly string[] Last =
    [
        "adeyemi",
        "baker",
        "costa",
        "dubois",
        "evans",
        "fischer",
        "gupta",
        "hansen",
        "ito",
        "jansen",
    ];

    public static int Count => 240;

    public static string Id(int account) =>
        account < 200
            ? $"{First[account % 10]}.{Last[account / 10 % 10]}{(account < 100 ? "" : "2")}@example.{(account % 3 == 0 ? "org" : "net")}"
            : $"member-{Dice.Mix((ulong)account):x16}";
}
