namespace Waveguide.Cli.Output;

/// <summary>Answers questions on the terminal: a sentence, a short table, the thresholds, and the query behind it.</summary>
/// <param name="variables">Of the models, with the values that they were built with.</param>
/// <param name="address">The destination, as it is typed into a shell.</param>
internal sealed class QuestionWriter(
    TextWriter writer,
    IDestination destination,
    IReadOnlyDictionary<string, object?> variables,
    string address
)
{
    private const string Margin = "    ";

    /// <summary>Letters of a cell, so that up to five columns keep to the width; of two, the first may be longer.</summary>
    private const int Cell = 28;
    private const int LongCell = 56;

    public async Task WriteAsync(Question question, CancellationToken cancellationToken)
    {
        var (_, facts) = await ReadAsync(question.Facts, cancellationToken);
        var (columns, rows) = await ReadAsync(question.Query, cancellationToken);
        await writer.WriteLineAsync($"{Environment.NewLine}{question.Text}");
        await writer.WriteLineAsync(Prose.Wrap($"  {question.Answer([.. facts[0].Cast<long>()])}"));
        if (rows is [var first, ..])
        {
            var right = Enumerable.Range(0, columns.Count).Where(at => first[at] is long or double).ToHashSet();
            TextTable.Write(writer, [Margin + columns[0], .. columns.Skip(1)], rows.Select(Cells), right);
        }

        if (question.Thresholds is [_, ..])
        {
            var used = question.Thresholds.Select(name => $"{name}={variables[name]}");
            await writer.WriteLineAsync(Prose.Wrap($"  Thresholds: {string.Join(", ", used)}"));
        }

        await writer.WriteLineAsync(QueryLine.Of(address, question.Query));
    }

    private static List<string> Cells(IReadOnlyList<object?> row) =>
        [Margin + Shown(row[0], row.Count == 2 ? LongCell : Cell), .. row.Skip(1).Select(value => Shown(value, Cell))];

    private static string Shown(object? value, int most) =>
        value switch
        {
            null => "-",
            long number => $"{number:N0}",
            double share => Figures.Percent(share),
            DateOnly day => $"{day:yyyy-MM-dd}",
            _ => Prose.Cut(value.ToString()!, most),
        };

    private async Task<(IReadOnlyList<string> Columns, List<IReadOnlyList<object?>> Rows)> ReadAsync(
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var result = await destination.QueryAsync(sql, [], cancellationToken);
        var rows = await result.RowsAsync(cancellationToken).ToListAsync(cancellationToken);
        return ([.. result.Columns.Select(column => column.Name)], rows);
    }
}
