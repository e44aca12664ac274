using System.Text;
using System.Text.Json;

namespace Waveguide.Cli.Output;

/// <summary>The rows of a query as a table, as CSV (RFC 4180) or as JSON lines.</summary>
internal static class QueryWriter
{
    private const int RowsInOneTable = 1000;

    public static Task WriteAsync(
        TextWriter writer,
        QueryResult result,
        string format,
        CancellationToken cancellationToken
    ) =>
        format switch
        {
            "csv" => WriteCsvAsync(writer, result, cancellationToken),
            "json" => WriteJsonAsync(writer, result, cancellationToken),
            _ => WriteTableAsync(writer, result, cancellationToken),
        };

    private static async Task WriteTableAsync(
        TextWriter writer,
        QueryResult result,
        CancellationToken cancellationToken
    )
    {
        var head = result.Columns.Select(column => column.Name).ToList();
        var numbers = Enumerable
            .Range(0, head.Count)
            .Where(column => IsNumber(result.Columns[column].Type))
            .ToHashSet();
        var rows = new List<IReadOnlyList<string>>();
        var tables = 0;
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            rows.Add([.. row.Select(value => value is null ? "NULL" : QueryValue.Text(value))]);
            if (rows.Count == RowsInOneTable)
            {
                TextTable.Write(writer, head, rows, numbers);
                rows.Clear();
                tables++;
            }
        }

        if (rows.Count > 0 || tables == 0)
        {
            TextTable.Write(writer, head, rows, numbers);
        }
    }

    /// <summary>Null is nothing between the commas, an empty text is <c>""</c>.</summary>
    private static async Task WriteCsvAsync(TextWriter writer, QueryResult result, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(string.Join(',', result.Columns.Select(column => Csv(column.Name))) + "\r\n");
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            var line = row.Select(value => value is null ? string.Empty : Csv(QueryValue.Text(value)));
            await writer.WriteAsync(string.Join(',', line) + "\r\n");
        }
    }

    private static async Task WriteJsonAsync(TextWriter writer, QueryResult result, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            memory.SetLength(0);
            await using (var json = new Utf8JsonWriter(memory, QueryValue.JsonOptions))
            {
                json.WriteStartObject();
                for (var column = 0; column < row.Count; column++)
                {
                    json.WritePropertyName(result.Columns[column].Name);
                    QueryValue.WriteJson(json, result.Columns[column].Type, row[column]);
                }

                json.WriteEndObject();
            }

            await writer.WriteLineAsync(Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
        }
    }

    private static bool IsNumber(string type) =>
        type is "DOUBLE" or "FLOAT" or "BIGNUM"
        || type.EndsWith("INT", StringComparison.Ordinal)
        || type.EndsWith("INTEGER", StringComparison.Ordinal)
        || type.StartsWith("DECIMAL", StringComparison.Ordinal);

    private static string Csv(string text) =>
        text.Length == 0 || text.AsSpan().IndexOfAny(",\"\r\n") >= 0
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
