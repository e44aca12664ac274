using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>A snapshot that one request answers: a JSON object with the rows as an array under one key.</summary>
/// <param name="path">Of the request, with its query.</param>
/// <param name="key">Of the array.</param>
internal sealed class ListReader(RestApi api, Table table, string path, string key) : ITableReader
{
    public Table Table => table;

    public async Task<TableAnswer> ReadAsync(Slice slice, SpoolFolder.Place place, CancellationToken cancellationToken)
    {
        using var answer = await api.GetAsync(table.Name, path, cancellationToken);
        using var part = PartFile.Create(slice.Hours.From, $"{table.Name}.json.gz", place);
        foreach (var row in answer.Rows(key))
        {
            part.Add(row);
        }

        return new TableAnswer([part.Finish()]);
    }
}
