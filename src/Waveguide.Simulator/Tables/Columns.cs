using System.Text;

namespace Waveguide.Simulator.Tables;

/// <summary>Leaves columns out of a table in the form of RFC 4180.</summary>
internal static class Columns
{
    /// <summary>The first columns of each row; line ends become one character.</summary>
    public static string First(string csv, int count)
    {
        var kept = new StringBuilder();
        var (column, isQuoted) = (0, false);
        foreach (var letter in csv)
        {
            isQuoted ^= letter == '"';
            var isEnd = !isQuoted && letter == '\n';
            column = isEnd ? 0 : column + (!isQuoted && letter == ',' ? 1 : 0);
            if (isEnd || (column < count && (isQuoted || letter != '\r')))
            {
                kept.Append(letter);
            }
        }

        return kept.ToString();
    }
}
