namespace Waveguide.DuckDb;

/// <summary>DuckDB refused or failed; the message is DuckDB's own text.</summary>
public sealed class DuckDbException : Exception
{
    public DuckDbException(string message)
        : base(message) { }

    public DuckDbException()
        : base() { }

    public DuckDbException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>The word DuckDB begins its message with, such as <c>IO</c>, <c>Catalog</c>, <c>Constraint</c>, <c>Out of Memory</c>; empty when there is none.</summary>
    public string ErrorType
    {
        get
        {
            int end = Message.IndexOf(" Error: ", StringComparison.Ordinal);
            return end is > 0 and < 30 ? Message[..end] : "";
        }
    }

    /// <summary>A stream that failed wraps the reason in a remark on its own state; only the reason helps.</summary>
    internal static DuckDbException From(string message)
    {
        const string Wrapped = "closed pending query result\nError: ";
        int start = message.IndexOf(Wrapped, StringComparison.Ordinal);
        return new DuckDbException(start < 0 ? message : message[(start + Wrapped.Length)..]);
    }

    internal bool IsInterrupt => ErrorType == "INTERRUPT";
}
