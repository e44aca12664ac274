namespace Waveguide.LiveTests;

/// <summary>A server that tests share: started by the first that asks, stopped after the last.</summary>
/// <param name="start">Gives null where the server is not installed.</param>
/// <param name="missing">What a test that cannot run says.</param>
internal sealed class Service<T>(Func<Task<T?>> start, string missing) : IAsyncDisposable
    where T : class, IAsyncDisposable
{
    private readonly Lazy<Task<T?>> _server = new(start);

    /// <summary>Skips the test where the server is not installed; in CI it fails.</summary>
    public async Task<T> GetAsync()
    {
        if (await _server.Value is { } server)
        {
            return server;
        }

        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", missing);
        throw new InvalidOperationException(missing);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsValueCreated: true, Value: { } started })
        {
            await ((Task)started).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (
                started.IsCompletedSuccessfully && await started is { } server
                    ? server.DisposeAsync()
                    : ValueTask.CompletedTask
            );
        }
    }
}
