using System.Runtime.InteropServices;
using System.Text;

namespace Waveguide.DuckDb;

/// <summary>Text across the border: UTF-8, ended by a zero byte.</summary>
internal static unsafe class NativeText
{
    /// <exception cref="ArgumentException">The text holds U+0000, where DuckDB would stop reading.</exception>
    internal static byte[] Terminated(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                "SQL, names and settings cannot contain U+0000; pass such text as a parameter.",
                nameof(text)
            );
        }
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>The text of an error, cut at U+0000 rather than refused.</summary>
    internal static byte[] TerminatedMessage(string text) => Terminated(text.Replace('\0', ' '));

    internal static string Read(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>Reads text that DuckDB allocated for us, and frees it.</summary>
    internal static string Take(byte* text)
    {
        string value = Read(text);
        NativeMethods.duckdb_free(text);
        return value;
    }
}
