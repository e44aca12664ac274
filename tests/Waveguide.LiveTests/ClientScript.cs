using System.Diagnostics;
using System.Text.Json;
using Waveguide.Tests;

namespace Waveguide.LiveTests;

/// <summary>A script of tests/clients: it sends with one of Amplitude's own clients and tells what it sent.</summary>
internal static class ClientScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "clients");

    /// <summary>Where Debian and its relatives put Chromium; null if it is not there.</summary>
    public static string? Chromium { get; } =
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser" }.FirstOrDefault(File.Exists);

    /// <summary>Skips the test where something is missing that <c>./test</c> installs; fails it in CI.</summary>
    public static void Require(bool isThere, string what)
    {
        Assert.False(!isThere && Environment.GetEnvironmentVariable("CI") == "true", what);
        Assert.SkipUnless(isThere, what);
    }

    public static void RequirePackages() =>
        Require(
            Directory.Exists(Path.Combine(Folder, "node_modules")),
            "The clients are not installed: run npm ci in tests/clients, or ./test."
        );

    /// <summary>Runs it to its end.</summary>
    /// <returns>The uploads in the order in which they were sent.</returns>
    public static async Task<IReadOnlyList<SentUpload>> RunAsync(
        string script,
        string output,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.True(process.ExitCode == 0, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        await using var file = File.OpenRead(output);
        return (await JsonSerializer.DeserializeAsync<List<SentUpload>>(file, JsonSerializerOptions.Web))!;
    }
}

/// <summary>One request of a client; its status is 0 where the page was gone before the answer came.</summary>
internal sealed record SentUpload(Uri Url, JsonElement Body, int Status)
{
    public IEnumerable<JsonElement> Events => Body.GetProperty("events").EnumerateArray();
}
