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
            new Command("check", "Tries the keys on each API, and whether the data can land."),
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

                return Math.Max(code, await check.DestinationAsync(cancellationToken));
            }
        );
        return command;
    }

    private sealed class Check(CliHost host, Session session, bool json)
    {
        private const int MessageColumn = 22;

        private string? _hint;

        public async Task<int> ProjectAsync(ProjectSettings project, CancellationToken cancellationToken)
        {
            if (session.Settings.Bucket is { } bucket)
            {
                return await BucketAsync(project, bucket, cancellationToken);
            }

            using var source = session.OpenAmplitude(project, once: true);
            var region = project.Region.ToString().ToLowerInvariant();
            Head(project.Url is null ? region : $"{region}, asked at {project.Url.Authority}", project.Name);
            var checks = await source.CheckAsync(session.Settings.Availability, cancellationToken);
            foreach (var check in checks)
            {
                var message = check.Message.Replace($"{check.Api}: ", string.Empty, StringComparison.Ordinal);
                Line(project.Name, check.Api, check.State == ApiState.Ok, message, check.Hint);
            }

            return checks.Any(check => check.State == ApiState.Refused) ? ExitCode.Refused
                : checks.Any(check => check is { Api: "export", State: ApiState.Unavailable }) ? ExitCode.SomeFailed
                : ExitCode.Done;
        }

        /// <summary>Looks for the files of the last two days that must have come.</summary>
        private async Task<int> BucketAsync(
            ProjectSettings project,
            BucketPlace bucket,
            CancellationToken cancellationToken
        )
        {
            Head($"bucket {bucket.Address.Split('?')[0]}", project.Name);
            using var source = session.OpenSource(project);
            var until = session.Settings.Availability.SafeUntil(host.Clock.GetUtcNow());
            try
            {
                var hours = new HourRange(until.AddHours(-48), until);
                var slices = await source.PlanAsync(
                    EventsTable.Definition,
                    [hours],
                    Slice.WidestWindow,
                    cancellationToken
                );
                var found = slices.Sum(slice => slice.Hours.Count);
                Line(project.Name, "export", ok: true, $"{found} of the last {hours.Count} hours are delivered", null);
                return ExitCode.Done;
            }
            catch (SourceException failure)
            {
                Line(project.Name, "export", ok: false, failure.Message, failure.Hint);
                return ExitCode.SomeFailed;
            }
        }

        public async Task<int> DestinationAsync(CancellationToken cancellationToken)
        {
            if (!json)
            {
                await host.Out.WriteLineAsync($"Destination {session.Settings.Destination}");
            }

            try
            {
                var found = await session.Destination.TryAsync(cancellationToken);
                Line(null, "writable", ok: true, found, null);
                return ExitCode.Done;
            }
            catch (DestinationException failure)
            {
                Line(null, "writable", ok: false, failure.Message, failure.Hint);
                return ExitCode.Destination;
            }
        }

        private void Head(string where, string project)
        {
            if (!json)
            {
                var name = project == ProjectSettings.DefaultName ? string.Empty : $", project {project}";
                host.Out.WriteLine($"Amplitude ({where}{name})");
            }
        }

        private void Line(string? project, string what, bool ok, string message, string? hint)
        {
            var word = ok ? "ok" : "no";
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

            host.Out.WriteLine(Prose.Wrap($"  {what, -11} {word, -6} {message}".TrimEnd(), MessageColumn));
            if (hint is not null && hint != _hint)
            {
                var indent = new string(' ', MessageColumn);
                host.Out.WriteLine(Prose.Wrap(indent + hint, MessageColumn));
                _hint = hint;
            }
        }
    }
}
