namespace Waveguide.DuckDb;

internal static class VariantValues
{
    internal static object? Read(nint vector, long row) =>
        throw new NotSupportedException("A VARIANT cannot be read; cast it to JSON or VARCHAR in the query.");
}
