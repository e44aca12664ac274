using System.Collections.Concurrent;

namespace Waveguide.Transform;

/// <summary>
/// The table <c>waveguide.models</c>: of which SQL and which inputs each model was built. It is written in the transaction
/// of the build, so that it can never tell another story than the model's table.
/// </summary>
internal sealed class BuiltModels
{
    private const string Create = """
        CREATE TABLE IF NOT EXISTS waveguide.models (
            schema_name VARCHAR NOT NULL,
            name VARCHAR NOT NULL,
            lineage VARCHAR NOT NULL,
            state VARCHAR NOT NULL,
            rows BIGINT,
            seconds DOUBLE NOT NULL,
            built_at TIMESTAMP NOT NULL,
            tool_version VARCHAR NOT NULL
        )
        """;

    private readonly string _schema;
    private readonly IReadOnlyDictionary<string, bool> _relations;
    private readonly ConcurrentDictionary<string, BuiltModel> _built = new(StringComparer.Ordinal);

    private BuiltModels(string schema, IReadOnlyDictionary<string, bool> relations) =>
        (_schema, _relations) = (schema, relations);

    /// <summary>How a model was last built; null if it never was, or its table is gone.</summary>
    public BuiltModel? this[string name] => _built.GetValueOrDefault(name);

    public static async Task<BuiltModels> ReadAsync(
        Warehouse warehouse,
        string schema,
        CancellationToken cancellationToken
    )
    {
        await warehouse.ExecuteAsync(Create, cancellationToken);
        var relations = await warehouse.RowsAsync(
            """
            SELECT table_name, table_type = 'VIEW' FROM information_schema.tables
            WHERE table_catalog = current_database() AND table_schema = $1
            """,
            [schema],
            cancellationToken
        );
        var models = new BuiltModels(
            schema,
            relations.ToDictionary(row => (string)row[0]!, row => (bool)row[1]!, StringComparer.Ordinal)
        );
        var rows = await warehouse.RowsAsync(
            "SELECT name, lineage, state FROM waveguide.models WHERE schema_name = $1",
            [schema],
            cancellationToken
        );
        foreach (var row in rows.Where(row => models.IsView((string)row[0]!) is not null))
        {
            models.Remember(new BuiltModel((string)row[0]!, (string)row[1]!, (string)row[2]!));
        }

        return models;
    }

    /// <summary>Whether a view had the model's name when the run began; null if nothing had.</summary>
    public bool? IsView(string name) => _relations.TryGetValue(name, out var isView) ? isView : null;

    /// <summary>Replaces what is written of the model; belongs into the transaction that builds it.</summary>
    public async Task WriteAsync(
        Warehouse warehouse,
        BuiltModel model,
        BuildFigures figures,
        CancellationToken cancellationToken
    )
    {
        await warehouse.ExecuteAsync(
            "DELETE FROM waveguide.models WHERE schema_name = $1 AND name = $2",
            [_schema, model.Name],
            cancellationToken
        );
        await warehouse.ExecuteAsync(
            "INSERT INTO waveguide.models VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            [
                _schema,
                model.Name,
                model.Lineage,
                model.State,
                figures.Rows,
                figures.Elapsed.TotalSeconds,
                figures.At.UtcDateTime,
                ToolVersion.Text,
            ],
            cancellationToken
        );
    }

    public void Remember(BuiltModel model) => _built[model.Name] = model;
}

/// <param name="Lineage">Stands for the SQL of the model and of all that it reads, and for inputs that do not land by the hour.</param>
/// <param name="State">Stands for the lineage and the content of every input.</param>
internal sealed record BuiltModel(string Name, string Lineage, string State);

internal readonly record struct BuildFigures(long? Rows, TimeSpan Elapsed, DateTimeOffset At);
