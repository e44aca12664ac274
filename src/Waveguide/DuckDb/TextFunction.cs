namespace Waveguide.DuckDb;

/// <summary>
/// A function of one text that gives a text, written in C#: <c>SELECT name(text)</c>. Of NULL it gives NULL. Called by
/// many threads at once; the same text must always give the same.
/// </summary>
public abstract class TextFunction
{
    public abstract string Name { get; }

    /// <param name="text">UTF-8.</param>
    /// <param name="result">To be given valid UTF-8 in this row; it is NULL until then.</param>
    public abstract void Write(ReadOnlySpan<byte> text, VectorWriter result, int row);
}
