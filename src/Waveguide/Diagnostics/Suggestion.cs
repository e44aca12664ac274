namespace Waveguide.Diagnostics;

/// <summary>Finds the word that a misspelt one was meant to be.</summary>
public static class Suggestion
{
    /// <summary>The nearest candidate, or null when none is near. Case, <c>_</c> and <c>-</c> do not count.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var bare = Bare(word);
        return candidates
            .Select(candidate => (Name: candidate, Distance: Distance(bare, Bare(candidate))))
            .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Name.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    public static bool Same(string left, string right) => Bare(left) == Bare(right);

    private static string Bare(string word) =>
        word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>
    /// How many letters to add, drop, change or swap with their neighbour: the optimal string alignment distance.
    /// </summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Step(rows, left, right, (i, j));
            }
        }

        return rows[left.Length, right.Length];
    }

    private static int Step(int[,] rows, string left, string right, (int I, int J) at)
    {
        var (i, j) = at;
        var change = left[i - 1] == right[j - 1] ? 0 : 1;
        var best = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + change);
        var swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return swapped ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
    }
}
