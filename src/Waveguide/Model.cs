namespace Waveguide;

/// <summary>One SQL file that makes one table or view, and what must hold of it.</summary>
/// <param name="File">Path inside its project, such as <c>core/fct_events.sql</c>.</param>
/// <param name="Inputs">Names of the models that it reads.</param>
/// <param name="Sources">The landed tables that it reads, each as <c>schema.table</c>.</param>
/// <param name="UniqueKey">Columns whose values an incremental run replaces; empty when rows are only added.</param>
public sealed record Model(
    string Name,
    string File,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Sources,
    Materialisation Materialisation,
    IReadOnlyList<string> UniqueKey
);

public enum Materialisation
{
    View,

    /// <summary>Made anew in every run that touches it.</summary>
    Table,

    /// <summary>Only rows of touched keys are made anew.</summary>
    Incremental,
}
