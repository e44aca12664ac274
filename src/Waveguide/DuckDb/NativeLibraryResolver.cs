using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

/// <summary>Finds DuckDB's engine beside the application, beside this assembly, or where the system looks.</summary>
internal static class NativeLibraryResolver
{
    internal const string LibraryName = "duckdb";

    internal static void Install() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraryResolver).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != LibraryName)
        {
            return 0;
        }
        string? found = Candidates(AppContext.BaseDirectory).FirstOrDefault(File.Exists);
        return found is not null ? NativeLibrary.Load(found)
            : NativeLibrary.TryLoad(name, assembly, searchPath, out nint handle) ? handle
            : throw new DllNotFoundException(
                $"The DuckDB engine ({FileName}) is missing: it belongs in {Candidates(AppContext.BaseDirectory)[0]}, or where the system looks for libraries."
            );
    }

    /// <summary>The places of the engine under <paramref name="baseDirectory"/> and beside this assembly, best first.</summary>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty location is expected.")]
    internal static IReadOnlyList<string> Candidates(string baseDirectory)
    {
        string inRuntimes = Path.Combine("runtimes", RuntimeIdentifier, "native", FileName);
        var candidates = new List<string>
        {
            Path.Combine(baseDirectory, inRuntimes),
            Path.Combine(baseDirectory, FileName),
        };
        // Empty when the assembly is inside a single file; the base directory is the right place then.
        string? beside = Path.GetDirectoryName(typeof(NativeLibraryResolver).Assembly.Location);
        if (!string.IsNullOrEmpty(beside))
        {
            candidates.Add(Path.Combine(beside, inRuntimes));
            candidates.Add(Path.Combine(beside, FileName));
        }
        return candidates;
    }

    private static string FileName =>
        OperatingSystem.IsWindows() ? "duckdb.dll"
        : OperatingSystem.IsMacOS() ? "libduckdb.dylib"
        : "libduckdb.so";

    /// <summary>The portable identifier, also where the runtime itself reports a distribution's own.</summary>
    private static string RuntimeIdentifier
    {
        get
        {
            string reported = RuntimeInformation.RuntimeIdentifier;
            bool musl =
                reported.Contains("musl", StringComparison.Ordinal)
                || reported.StartsWith("alpine", StringComparison.Ordinal);
            string system =
                OperatingSystem.IsWindows() ? "win"
                : OperatingSystem.IsMacOS() ? "osx"
                : musl ? "linux-musl"
                : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }
}
