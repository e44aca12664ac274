using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Receipt;
using Waveguide.Simulator.Tables;

namespace Waveguide.Simulator.Http;

/// <summary>From a request to its endpoint: log, credentials, concurrency.</summary>
internal sealed class Router(SimulatorOptions options, RequestLog log, ConcurrencyGate gate)
{
    private readonly Credentials _credentials = new(options.Projects);
    private readonly ExportEndpoint _export = new(options);
    private readonly ProfileEndpoint _profiles = new(options);
    private readonly ReceiptDesk _receipt = new(options);
    private readonly Dictionary<string, TableEndpoints> _tables = options.Projects.ToDictionary(
        project => project.ApiKey,
        project => new TableEndpoints(project, options.Faults.Answers, options.Clock)
    );

    public async Task AnswerAsync(HttpContext context, SimulatedRegion region, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var project = _credentials.Basic(request, region);
        var path = request.Path.Value ?? "/";
        var place = log.Add(
            new SimulatedRequest(path, request.Query["start"], request.Query["end"], project?.ApiKey, Status: 0)
        );
        context.Response.OnStarting(() =>
        {
            log.Answered(place, context.Response.StatusCode);
            return Task.CompletedTask;
        });
        await (
            ReceiptDesk.Takes(request) ? _receipt.AnswerAsync(context, region, cancellationToken)
            : path == "/v1/userprofile" && region == SimulatedRegion.Us
                ? _profiles.AnswerAsync(context, key => _tables[key].Strike(path), cancellationToken)
            : RouteAsync(context, path, project, cancellationToken)
        );
    }

    private async Task RouteAsync(
        HttpContext context,
        string path,
        SimulatedProject? project,
        CancellationToken cancellationToken
    )
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        else if (path.StartsWith(CohortDesk.PresignedPath, StringComparison.Ordinal))
        {
            await TableEndpoints.AnswerPresignedAsync(_tables.Values, context, path, cancellationToken);
        }
        else if (path is not ("/api/2/export" or Segmentation.Path) && !TableEndpoints.Serves(path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (project is null || (!project.HasDashboard && (path == Segmentation.Path || SeriesDesk.Serves(path))))
        {
            await Answers.RefusedAsync(context, options.Refusal, cancellationToken);
        }
        else
        {
            await WithinLimitAsync(context, path, project, cancellationToken);
        }
    }

    private async Task WithinLimitAsync(
        HttpContext context,
        string path,
        SimulatedProject project,
        CancellationToken cancellationToken
    )
    {
        using var lease = gate.TryEnter(project.ApiKey);
        if (lease is null)
        {
            await Answers.TooManyAsync(
                context,
                options.ConcurrencyLimit,
                options.ConcurrencyRetryAfter,
                cancellationToken
            );
            return;
        }
        context.Features.Set(lease);
        if (path != "/api/2/export" && _tables[project.ApiKey].Strike(path) is { } fault)
        {
            await Answers.FaultAsync(context, fault, cancellationToken);
            return;
        }

        await (
            path switch
            {
                _ when TableEndpoints.Serves(path) => _tables[project.ApiKey]
                    .AnswerAsync(context, path, cancellationToken),
                "/api/2/export" => _export.AnswerAsync(context, project, cancellationToken),
                _ => Segmentation.AnswerAsync(context, project, _tables[project.ApiKey].Budget, cancellationToken),
            }
        );
    }
}
