using System.Diagnostics;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.Extensions.Logging.Abstractions;
using Waveguide.AzureBlob;
using Waveguide.Diagnostics;
using Waveguide.LiveTests.Azure;
using Waveguide.Tests;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Waveguide.LiveTests.Azure;

/// <summary>A real Azurite on a free port, started by the first test that asks for it, one for all tests.</summary>
public sealed class Azurite : IAsyncDisposable
{
    public const string Account = "waveguide";

    private const string Listening = "Azurite Blob service successfully listens on ";
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "servers", "azurite");

    private static readonly string Program = Path.Combine([
        Folder,
        "node_modules",
        "azurite",
        "dist",
        "src",
        "blob",
        "main.js",
    ]);

    private readonly SemaphoreSlim _one = new(1);
    private Process? _process;
    private Uri? _address;

    /// <summary>The account's key, another in each run.</summary>
    public string Key { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

    /// <returns>The account's blob service.</returns>
    public async Task<Uri> StartAsync()
    {
        Assert.SkipUnless(
            File.Exists(Program) || Environment.GetEnvironmentVariable("CI") == "true",
            $"Azurite is not installed: npm ci in {Folder}."
        );
        await _one.WaitAsync();
        try
        {
            return _address ??= await ListenAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A container of a test's own.</summary>
    public async Task<AzureBlobOptions> ContainerAsync()
    {
        var options = new AzureBlobOptions
        {
            Account = Account,
            Container = $"test-{Guid.NewGuid():n}",
            Endpoint = await StartAsync(),
            AccountKey = new Secret(Key),
        };
        using var answer = await AskAsync(HttpMethod.Put, $"{options.Container}?restype=container");
        answer.EnsureSuccessStatusCode();
        return options;
    }

    /// <summary>Blobs that consist of blocks which no list was ever committed for.</summary>
    public async Task<IReadOnlyList<string>> UncommittedAsync(AzureBlobOptions options)
    {
        var target = $"{options.Container}?restype=container&comp=list&include=uncommittedblobs";
        using var answer = await AskAsync(HttpMethod.Get, target);
        var listing = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        return
        [
            .. listing
                .Descendants("Blob")
                .Where(blob => blob.Descendants("Content-Length").All(length => length.Value is "" or "0"))
                .Select(blob => blob.Element("Name")!.Value),
        ];
    }

    /// <summary>Asks as the account's owner, beside the store that is tested.</summary>
    /// <param name="target">What follows the account's address.</param>
    public async Task<HttpResponseMessage> AskAsync(
        HttpMethod method,
        string target,
        params (string Name, string Value)[] headers
    )
    {
        using var http = new HttpClient();
        using var message = new HttpRequestMessage(method, $"{await StartAsync()}/{target}");
        message.Headers.Add("x-ms-version", "2021-12-02");
        message.Headers.Add("x-ms-date", $"{TimeProvider.System.GetUtcNow():R}");
        foreach (var (name, value) in headers)
        {
            message.Headers.Add(name, value);
        }

        await new SharedKeyCredential(Account, new Secret(Key)).SignAsync(message, default);
        return await http.SendAsync(message);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _one.Dispose();
    }

    internal static AzureBlobStore Open(AzureBlobOptions options, TimeProvider? clock = null) =>
        AzureBlobStore.Open(options, clock ?? TimeProvider.System, NullLogger.Instance);

    private async Task<Uri> ListenAsync()
    {
        var start = new ProcessStartInfo(
            "node",
            [Program, "--blobPort", "0", "--inMemoryPersistence", "--silent", "--disableTelemetry"]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{Key}" },
        };
        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                return new Uri($"{line[Listening.Length..]}/{Account}");
            }
        }

        throw new InvalidOperationException("Azurite ended before it listened.");
    }
}
