using System.Text.Json.Nodes;
using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>
/// Annotations of charts, by the present API or, where a project does not have it, by the one before it, whose rows have
/// a <c>date</c> in place of a <c>start</c> (Chart Annotations API; the older one in the Dashboard REST API of 2023).
/// </summary>
internal sealed class AnnotationsReader(RestApi api) : ITableReader
{
    public Table Table => AnnotationsTable.Definition;

    public async Task<TableAnswer> ReadAsync(Slice slice, SpoolFolder.Place place, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(cancellationToken);
        using var part = PartFile.Create(slice.Hours.From, "annotations.json.gz", place);
        foreach (var row in answer.Rows("data"))
        {
            var annotation = JsonObject.Create(row)!;
            if (!annotation.ContainsKey("start") && annotation["date"] is { } date)
            {
                annotation["start"] = date.DeepClone();
            }

            part.Add(annotation);
        }

        return new TableAnswer([part.Finish()]);
    }

    private async Task<RestAnswer> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetAsync(Table.Name, "/api/3/annotations", cancellationToken);
        }
        catch (SourceException reason) when (reason.Failure == SourceFailure.NotOffered)
        {
            return await api.GetAsync(Table.Name, "/api/2/annotations", cancellationToken);
        }
    }
}
