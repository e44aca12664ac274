using System.Text.Json.Nodes;
using Waveguide.Destinations.Properties;

namespace Waveguide.Cli.Output;

/// <summary>Every event and the result as JSON lines on standard output.</summary>
internal sealed class JsonView(CliHost host) : IRunView
{
    public async Task<RunReport> WatchAsync(
        string project,
        Table table,
        Func<IProgress<PipelineEvent>, Task<RunReport>> run
    )
    {
        var report = await run(new Reporter(happened => Write(project, table, Event(happened))));
        Write(project, table, Result(report));
        return report;
    }

    public void Show(IReadOnlyList<PropertyChange> changes)
    {
        foreach (var change in changes)
        {
            host.Out.WriteJson(DriftText.Json(change));
        }
    }

    private void Write(string project, Table table, JsonObject happened)
    {
        happened.Insert(1, "project", project);
        happened.Insert(2, "table", table.Name);
        host.Out.WriteJson(happened);
    }

    private static JsonObject Event(PipelineEvent happened) =>
        happened switch
        {
            PipelineEvent.Planned { Plan: var plan } => new JsonObject([
                new("event", "planned"),
                .. Spans.Ends(plan.Kind, plan.Wanted),
                .. Spans.Number(plan.Kind, plan.Hours),
                new("requests", plan.Slices.Count),
            ]),
            PipelineEvent.Fetching fetching => new JsonObject
            {
                ["event"] = "fetching",
                [$"{fetching.Unit}s"] = fetching.Had,
                ["of"] = fetching.All,
            },
            PipelineEvent.Committed { Manifest: var manifest } committed => new JsonObject(
                Named("committed", manifest.Slice)
            )
            {
                ["rows"] = manifest.Tally.Rows,
                ["rejected"] = manifest.Tally.Rejected,
                ["seconds"] = Math.Round(committed.Elapsed.TotalSeconds, 3),
            },
            PipelineEvent.Narrowed narrowed => new JsonObject(Named("split", narrowed.Slice))
            {
                ["window"] = narrowed.Window,
                ["reason"] = narrowed.Reason.Message,
            },
            PipelineEvent.Noticed noticed => new JsonObject(Named("noticed", noticed.Slice))
            {
                ["text"] = noticed.Text,
            },
            PipelineEvent.NotOffered refused => new JsonObject(Named("not-offered", refused.Slice))
            {
                ["reason"] = refused.Reason.Message,
            },
            PipelineEvent.Failed failed => new JsonObject(Named("failed", failed.Slice))
            {
                ["state"] = failed.State.Name(),
                ["reason"] = failed.Reason.Message,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(happened)),
        };

    private static JsonObject Result(RunReport report)
    {
        var kind = report.Plan.Kind;
        return new JsonObject([
            new("event", report.Interrupted ? "interrupted" : "done"),
            .. Spans.Number(kind, report.Hours),
        ])
        {
            ["rows"] = report.Tally.Rows,
            ["rejected"] = report.Tally.Rejected,
            ["repaired"] = report.Tally.Repaired,
            ["duplicates"] = report.Tally.Duplicates,
            ["replaced"] = Texts(kind, report.Replaced),
            ["failed"] = Texts(kind, report.Failed.SelectMany(failed => failed.Slice.Hours.Hours())),
        };
    }

    private static KeyValuePair<string, JsonNode?>[] Named(string name, Slice slice) =>
        [new("event", name), .. Spans.Ends(slice.Table.Kind, slice.Hours)];

    private static JsonArray Texts(TableKind kind, IEnumerable<UploadHour> hours) =>
        new([.. hours.Select(hour => Spans.Label(kind, hour)).Distinct().Select(label => JsonValue.Create(label))]);
}
