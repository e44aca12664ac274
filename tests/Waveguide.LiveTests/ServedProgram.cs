using Waveguide.Simulator;
using Waveguide.Tests;

namespace Waveguide.LiveTests;

/// <summary>A folder to run the program in, and an Amplitude for it to ask.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly TemporaryFolder _folder = new();
    private readonly SimulatedAmplitude _simulated;
    private readonly Dictionary<string, string> _environment;

    private ServedProgram(SimulatedAmplitude simulated)
    {
        _simulated = simulated;
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AMP_API_KEY"] = "key",
            ["AMP_SECRET_KEY"] = "secret",
            ["AMPLITUDE_URL"] = simulated.Address.ToString(),
        };
    }

    public int Requests => _simulated.Requests.Count;

    public Uri Address => _simulated.Address;

    public static Task<ServedProgram> StartAsync(IExportData data, FaultScript? faults = null) =>
        StartAsync(data, options => options with { Faults = faults ?? FaultScript.None });

    public static async Task<ServedProgram> StartAsync(
        IExportData data,
        Func<SimulatorOptions, SimulatorOptions> change
    )
    {
        var options = new SimulatorOptions
        {
            Projects =
            [
                new SimulatedProject
                {
                    ApiKey = "key",
                    SecretKey = "secret",
                    Data = data,
                },
            ],
        };
        return new ServedProgram(await SimulatedAmplitude.StartAsync(change(options)));
    }

    /// <summary>Sets a variable of the program's environment.</summary>
    public void Set(string name, string value) => _environment[name] = value;

    public string At(string name) => _folder.At(name);

    public WaveguideProcess Start(params IEnumerable<string> arguments) =>
        WaveguideProcess.Start(_folder.Path, _environment, arguments);

    public Task<(int Code, string Out, string Error)> RunAsync(params IEnumerable<string> arguments) =>
        WaveguideProcess.RunAsync(_folder.Path, _environment, arguments);

    public Task<(int Code, string Out, string Error)> RunWithoutKeysAsync(params IEnumerable<string> arguments) =>
        WaveguideProcess.RunAsync(_folder.Path, Nothing, arguments);

    /// <summary>The only row of the answer, as CSV.</summary>
    public async Task<string> QueryAsync(string sql)
    {
        var (code, text, error) = await RunAsync("query", sql, "--format", "csv");
        Assert.True(code == 0, error);
        return text.Split('\n')[1].Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await _simulated.DisposeAsync();
        _folder.Dispose();
    }
}
