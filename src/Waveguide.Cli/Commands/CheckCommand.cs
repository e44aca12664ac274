using System.CommandLine;
using Waveguide.Amplitude;
using Waveguide.Cli.Configuration;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

internal static class CheckCommand
{
    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var command = options.AddTo(
            new Command("check", "Asks every API by its cheapest call, and the destination whether it can be written."),
            options.Region,
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var check = new Check(host, session, parsed.GetValue(options.Json));
                var code = ExitCode.Done;
                foreach (var project in session.Settings.Projects)
                {
                    code = Math.Max(code, await check.ProjectAsync(project, cancellationToken));
                }

                return Math.Max(code, await check.DestinationAsync());
            }
        );
        return command;
    }

    private sealed class Check(CliHost host, Session session, bool json)
    {
        public async Task<int> ProjectAsync(ProjectSettings project, CancellationToken cancellationToken)
        {
            using var source = session.OpenSource(project, attempts: 2);
            var region = project.Region.ToString().ToLowerInvariant();
            Head($"Amplitude ({region}, project {project.Name})");
            var checks = await source.CheckAsync(session.Settings.Availability, cancellationToken);
            foreach (var check in checks)
            {
                await LineAsync(project.Name, check.Api, Word(check.State), check.Message, check.Hint);
            }

            return checks.Any(check => check.State == ApiState.Refused) ? ExitCode.Refused
                : checks.Any(check => check is { Api: "export", State: ApiState.Unavailable }) ? ExitCode.SomeFailed
                : ExitCode.Done;
        }

        public async Task<int> DestinationAsync()
        {
            Head($"Destination {session.Settings.Destination}");
            try
            {
                var existed = session.DestinationExists;
                await using (session.OpenToWrite("check")) { }
                var free = new DriveInfo(Path.GetDirectoryName(session.DestinationPath)!).AvailableFreeSpace;
                if (!existed)
                {
                    File.Delete(session.DestinationPath);
                }

                await LineAsync(null, "writable", "ok", $"{Figures.Bytes(free)} free", null);
                return ExitCode.Done;
            }
            catch (DestinationException failure)
            {
                await LineAsync(null, "writable", "no", failure.Message, failure.Hint);
                return ExitCode.Destination;
            }
        }

        private void Head(string text)
        {
            if (!json)
            {
                host.Out.WriteLine(text);
            }
        }

        private async Task LineAsync(string? project, string what, string word, string message, string? hint)
        {
            if (json)
            {
                host.Out.WriteJson(
                    new
                    {
                        project,
                        check = what,
                        state = word,
                        message,
                        hint,
                    }
                );
                return;
            }

            await host.Out.WriteLineAsync($"  {what, -11} {word, -7} {message}".TrimEnd());
            if (hint is not null)
            {
                await host.Out.WriteLineAsync(ErrorText.Wrap($"  {hint}"));
            }
        }

        private static string Word(ApiState state) => state == ApiState.Ok ? "ok" : "no";
    }
}
