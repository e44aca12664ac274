using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

/// <summary>DuckDB's INTERVAL: three parts that do not convert into one another.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDbInterval(int Months, int Days, long Microseconds);
