using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Waveguide.Cli.Configuration;
using Waveguide.Cli.Configuration.Writing;
using Waveguide.Cli.Destinations;

namespace Waveguide.Cli.Commands;

internal static class InitCommand
{
    private const string FileName = "waveguide.yml";
    private const string SchemaName = "waveguide.schema.json";

    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var force = new Option<bool>("--force") { Description = $"Write over a {FileName} that is there." };
        var command = new Command("init", $"Writes a {FileName} to begin with.")
        {
            options.Destination,
            options.Region,
            options.From,
            force,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var path = Path.Combine(host.WorkingDirectory, FileName);
                if (File.Exists(path) && !parsed.GetValue(force))
                {
                    throw new ConfigurationException($"{FileName} is already here; it was not touched.")
                    {
                        Hint = "Change it by hand, or write over it with --force.",
                    };
                }

                var file = ConfigurationTemplate.Render(Values(host, options, parsed));
                var schema = Path.Combine(host.WorkingDirectory, SchemaName);
                await WriteAsync(path, file, cancellationToken);
                await WriteAsync(schema, ConfigurationSchema.Render(), cancellationToken);
                await host.Out.WriteLineAsync($"Wrote {FileName}, and {SchemaName} for editors.");
                await host.Error.WriteLineAsync(Next(host));
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static TemplateValues Values(CliHost host, CommonOptions options, ParseResult parsed)
    {
        var settings = SettingsReader.Read(
            new SettingsRequest
            {
                WorkingDirectory = host.WorkingDirectory,
                IgnoreFiles = true,
                Environment = host.Environment,
                Destination = parsed.GetValue(options.Destination),
                Region = parsed.GetValue(options.Region),
            }
        );
        _ = DestinationRequest.Place(host, settings, NullLogger.Instance);
        return new TemplateValues
        {
            Destination = settings.Destination,
            Region = settings.Projects[0].Region,
            Start = parsed.GetValue(options.From),
            Schema = SchemaName,
        };
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, text, cancellationToken);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be written ({reason.Message.TrimEnd('.')}).", reason)
            {
                Hint = "Run waveguide init in a folder where you may write.",
            };
        }
    }

    private static string Next(CliHost host) =>
        $"""

        {(
            host.Environment.ContainsKey("AMP_API_KEY")
                ? "Next:"
                : "Next: put AMP_API_KEY and AMP_SECRET_KEY into the environment or into .env\n"
                    + "(Amplitude: Settings, Projects, your project, General), then:"
        )}
        {host.AliasLine}  waveguide check
        """;
}
