using Waveguide.Amplitude;
using Waveguide.Cli.Output;
using Waveguide.Simulator;
using Waveguide.Transform;
using Waveguide.Transform.Networks;

namespace Waveguide.Cli;

/// <summary>Runs the models on generated traffic, and asks them the four questions.</summary>
internal sealed class DemoModels(CliHost host, Session session)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var started = host.Clock.GetTimestamp();
        await using var destination = session.OpenToTransform("demo");
        await LoadNetworksAsync(new NetworkLoader(destination), cancellationToken);
        var options = new TransformOptions { Tables = AmplitudeTables.All };
        var runner = new ModelRunner(destination, options, host.Clock);
        var report = await runner.RunAsync(progress: null, cancellationToken);
        if (report.Failed is [var failed, ..])
        {
            throw failed.Reason;
        }

        var seconds = Figures.Seconds(host.Clock.GetElapsedTime(started));
        await host.Out.WriteLineAsync(
            $"{Environment.NewLine}Built {Figures.Count(report.Built.Count, "model")} in {seconds}, as waveguide transform does, for four questions."
        );
        var address = QueryLine.Address(session.Settings.Destination);
        var writer = new QuestionWriter(host.Out, destination, runner.Variables, address);
        foreach (var question in Question.All())
        {
            await writer.WriteAsync(question, cancellationToken);
        }

        await host.Out.WriteLineAsync(
            $"{Environment.NewLine}What the answers mean, and what they do not: docs/answers.md"
        );
    }

    private async Task LoadNetworksAsync(NetworkLoader loader, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("waveguide-");
        try
        {
            var (ranges, rules) = (
                Path.Combine(folder.FullName, "generated.csv"),
                Path.Combine(folder.FullName, "rules.csv")
            );
            var networks = GeneratedNetwork.All();
            await File.WriteAllLinesAsync(
                ranges,
                networks.Select((network, at) => $"{network.Addresses},{64_500 + at},{network.Owner}"),
                cancellationToken
            );
            await File.WriteAllLinesAsync(
                rules,
                networks
                    .Where(network => network.Kind == "company")
                    .Select(network => $"{network.Addresses},{network.Owner},business"),
                cancellationToken
            );
            var today = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
            await loader.LoadRangesAsync([ranges], "generated", today, cancellationToken);
            await loader.LoadRulesAsync(rules, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
