namespace Waveguide.Http;

/// <summary>How often something happened, as one says it: <c>twice</c>, <c>four times</c>, <c>12 times</c>.</summary>
internal static class Times
{
    private static readonly string[] Small = ["three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    public static string Text(int count) =>
        count switch
        {
            1 => "once",
            2 => "twice",
            > 2 when count - 3 < Small.Length => $"{Small[count - 3]} times",
            _ => $"{count:N0} times",
        };
}
