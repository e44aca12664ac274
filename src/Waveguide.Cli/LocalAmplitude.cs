using Waveguide.Simulator;
using Waveguide.Simulator.Tables;

namespace Waveguide.Cli;

/// <summary>The simulator as <c>waveguide demo</c> and <c>waveguide simulate</c> use it.</summary>
internal static class LocalAmplitude
{
    public const string ApiKey = "demo-key";
    public const string SecretKey = "demo-secret";

    /// <summary>Generated traffic of the days up to the newest hour that is published now.</summary>
    public static GeneratedTraffic Traffic(TimeProvider clock, int days, int eventsPerDay, ulong seed)
    {
        var until = new Availability().SafeUntil(clock.GetUtcNow());
        return GeneratedTraffic.Create(
            new TrafficOptions
            {
                Seed = seed,
                FromUtc = until.AddHours(-24 * days).Start,
                UntilUtc = until.Start,
                EventsPerDay = eventsPerDay,
            }
        );
    }

    /// <summary>One project, with the keys above.</summary>
    public static SimulatorOptions Options(TimeProvider clock, IExportData data) =>
        new()
        {
            Projects =
            [
                new SimulatedProject
                {
                    ApiKey = ApiKey,
                    SecretKey = SecretKey,
                    Data = data,
                    Tables = SimulatedTables.Example(clock.GetUtcNow()),
                },
            ],
            Clock = clock,
        };

    /// <exception cref="ConfigurationException">The port is taken.</exception>
    public static async Task<SimulatedAmplitude> StartAsync(
        SimulatorOptions options,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await SimulatedAmplitude.StartAsync(options, cancellationToken);
        }
        catch (Exception reason) when (reason is IOException or System.Net.Sockets.SocketException)
        {
            throw new ConfigurationException(
                $"port {options.Port} cannot be used ({reason.Message.TrimEnd('.')}).",
                reason
            )
            {
                Hint = "Name another with --port, or leave it out to take any free one.",
            };
        }
    }
}
