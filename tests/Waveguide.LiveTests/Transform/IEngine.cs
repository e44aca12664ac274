using Waveguide.Transform;

namespace Waveguide.LiveTests.Transform;

/// <summary>A real database beside DuckDB, on which the same models run.</summary>
internal interface IEngine : IAsyncDisposable
{
    Dialect Dialect { get; }

    /// <summary>In which files rows come and go: <c>csv</c> with a head, or <c>parquet</c>.</summary>
    string Format { get; }

    /// <summary>Runs statements one after the other.</summary>
    Task ExecuteAsync(IEnumerable<string> statements);

    /// <summary>The statement that makes a table of a query.</summary>
    string CreateTable(string relation, string query);

    /// <summary>The statement that drops a table or view, if it is there, and what reads it.</summary>
    /// <param name="kind"><c>table</c> or <c>view</c>.</param>
    string Drop(string kind, string relation);

    /// <summary>The statement that fills a table from a file.</summary>
    string Load(string relation, IReadOnlyList<string> columns, string file);

    /// <summary>The statement that writes all rows of a table into a file.</summary>
    string Save(string relation, string file);
}
