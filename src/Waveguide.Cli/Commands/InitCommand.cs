using System.CommandLine;
using Waveguide.Cli.Configuration;

namespace Waveguide.Cli.Commands;

internal static class InitCommand
{
    private const string FileName = "waveguide.yml";

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

                await WriteAsync(path, Values(host, options, parsed), cancellationToken);
                await host.Out.WriteLineAsync($"Wrote {FileName}.");
                await host.Error.WriteLineAsync(Next(host));
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static TemplateValues Values(CliHost host, CommonOptions options, ParseResult parsed)
    {
        var defaults = new TemplateValues();
        var settings = SettingsReader.Read(
            new SettingsRequest
            {
                WorkingDirectory = Path.GetTempPath(),
                Environment = host.Environment,
                Destination = parsed.GetValue(options.Destination),
                Region = parsed.GetValue(options.Region),
            }
        );
        return defaults with
        {
            Destination = settings.Destination,
            Region = settings.Projects[0].Region,
            Start = parsed.GetValue(options.From),
        };
    }

    private static async Task WriteAsync(string path, TemplateValues values, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, ConfigurationTemplate.Render(values), cancellationToken);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be written ({reason.Message.TrimEnd('.')}).", reason);
        }
    }

    private static string Next(CliHost host) =>
        host.Environment.ContainsKey("AMP_API_KEY")
            ? "Next: waveguide check"
            : "Next: put AMP_API_KEY and AMP_SECRET_KEY into the environment or into .env\n"
                + "(Amplitude: Settings, Projects, your project, General), then: waveguide check";
}
