namespace Waveguide.DuckDb;

/// <summary>A table function written in C#: <c>SELECT ... FROM name(arguments)</c>. Thread-safe: any connection may bind it.</summary>
public abstract class TableFunction
{
    public abstract string Name { get; }

    /// <summary>Types of the positional arguments; none by default.</summary>
    public virtual IReadOnlyList<DuckDbType> Parameters => [];

    /// <summary>
    /// Begins one use of the function in one statement; preparing and running a statement may bind it more than once.
    /// What it throws reaches the caller of the statement as thrown.
    /// </summary>
    /// <param name="arguments">As <see cref="DuckDbVector.GetValue"/> would give them.</param>
    public abstract TableScan Bind(IReadOnlyList<object?> arguments);
}
