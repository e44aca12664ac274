using System.CommandLine;
using System.Globalization;
using Waveguide.Cli.Output;
using Waveguide.Transform.Networks;

namespace Waveguide.Cli.Commands;

/// <summary>Brings facts from elsewhere into the warehouse, for the models to use.</summary>
internal static class EnrichCommand
{
    public static Command Create(CliHost host) =>
        new("enrich", "Brings facts from elsewhere into the warehouse, for the models to use.") { Ip(host) };

    private static Command Ip(CliHost host)
    {
        var options = new CommonOptions();
        var from = new Option<string[]>("--from")
        {
            Description =
                "A set of address ranges: CSV of ip-location-db, IPinfo or GeoLite2, TSV of iptoasn; also .gz.",
            HelpName = "FILE",
        };
        var rules = new Option<string?>("--rules")
        {
            Description = "Your own rules, which go first: network or name, company, class.",
            HelpName = "FILE",
        };
        var dataset = new Option<string?>("--dataset")
        {
            Description = "What the set is called; else the first file's name.",
            HelpName = "NAME",
        };
        var date = Date();
        var command = options.AddTo(
            new Command("ip", "Loads who owns which IP addresses, in place of what was loaded before."),
            from,
            rules,
            dataset,
            date
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                string Full(string file) => Path.GetFullPath(file, host.WorkingDirectory);
                var files = (parsed.GetValue(from) ?? []).Select(Full).ToList();
                var ruleFile = parsed.GetValue(rules) is { } named ? Full(named) : null;
                if (files.Count == 0 && ruleFile is null)
                {
                    throw new ConfigurationException("enrich ip needs a set of ranges, --from FILE, or --rules FILE.");
                }

                await using var destination = Session.Read(host, options, parsed).OpenToTransform("enrich");
                var loader = new NetworkLoader(destination);
                if (files.Count > 0)
                {
                    var name = parsed.GetValue(dataset) ?? NameOf(files[0]);
                    var day = parsed.GetValue(date) ?? DateOf(files[0]);
                    var count = await loader.LoadRangesAsync(files, name, day, cancellationToken);
                    await TellAsync(host, $"{Figures.Count(count, "range")} of {name}, {day:yyyy-MM-dd}");
                }

                if (ruleFile is not null)
                {
                    var count = await loader.LoadRulesAsync(ruleFile, cancellationToken);
                    await TellAsync(host, $"{Figures.Count(count, "rule")} of {Path.GetFileName(ruleFile)}");
                }

                host.Note("  waveguide transform uses them.");
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Option<DateOnly?> Date() =>
        new("--date")
        {
            Description = "The set's date; else the day on which the first file was last written.",
            HelpName = "DAY",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (
                    DateOnly.TryParseExact(
                        text,
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var day
                    )
                )
                {
                    return day;
                }

                result.AddError($"--date \"{text}\" is no day such as 2026-06-17.");
                return null;
            },
        };

    private static string NameOf(string file) => Path.GetFileName(file).Split('.')[0];

    private static DateOnly DateOf(string file) => DateOnly.FromDateTime(File.GetLastWriteTimeUtc(file));

    private static Task TellAsync(CliHost host, string what) => host.Out.WriteLineAsync(Prose.Wrap($"{what} loaded."));
}
