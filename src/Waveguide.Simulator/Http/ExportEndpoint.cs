using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Archive;
using Waveguide.Simulator.Faults;

namespace Waveguide.Simulator.Http;

/// <summary><c>GET /api/2/export</c>, for a project whose credentials are good.</summary>
internal sealed class ExportEndpoint(SimulatorOptions options)
{
    /// <summary>A reset throws away what the client has not read yet, so it is given time to read.</summary>
    private static readonly TimeSpan ReadingTime = TimeSpan.FromMilliseconds(100);

    private readonly FaultLedger _faults = new(options.Faults);

    public async Task AnswerAsync(HttpContext context, SimulatedProject project, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        if (ExportWindow.Parse(query["start"], query["end"], out var problem) is not { } window)
        {
            await Answers.BadAsync(context, problem, cancellationToken);
            return;
        }
        var request = _faults.Enter();
        var fault = _faults.Answer(request, window.First, window.Last);
        if (fault is null || !await ReplacedAsync(context, fault, cancellationToken))
        {
            var selection = new Selector(options, _faults).Select(project, window, request);
            await SendAsync(context, selection, fault?.Fault == FaultKind.Delay ? null : fault, cancellationToken);
        }
    }

    /// <summary>Answers with the fault alone if it leaves nothing of the archive.</summary>
    private async Task<bool> ReplacedAsync(HttpContext context, FaultRule fault, CancellationToken cancellationToken)
    {
        switch (fault.Fault)
        {
            case FaultKind.Status:
                await Answers.FaultAsync(context, fault, cancellationToken);
                return true;
            case FaultKind.TextBody:
                await Answers.TextAsync(context, 200, fault.Text ?? "Rate limit exceeded", cancellationToken);
                return true;
            case FaultKind.EmptyBody:
                context.Response.ContentType = "application/zip";
                context.Response.ContentLength = 0;
                return true;
            case FaultKind.EmptyZip:
                await WriteAsync(context, Zip([]), fault: null, cancellationToken);
                return true;
            case FaultKind.Delay:
                await Task.Delay(TimeSpan.FromSeconds(fault.Seconds ?? 1), options.Clock, cancellationToken);
                return false;
            case FaultKind.Stall when fault.AfterBytes is null:
                await StallAsync(cancellationToken);
                return true;
            default:
                return false;
        }
    }

    private async Task SendAsync(
        HttpContext context,
        Selection selection,
        FaultRule? fault,
        CancellationToken cancellationToken
    )
    {
        if (selection.Members.Count == 0)
        {
            await Answers.NoDataAsync(context, cancellationToken);
        }
        else if (selection.JsonBytes > options.SizeLimitBytes)
        {
            await Answers.BadAsync(context, "The export is larger than 4 GB; shorten the range", cancellationToken);
        }
        else if (selection.JsonBytes > options.SlowLimitBytes)
        {
            await Answers.TextAsync(context, 504, "Gateway Timeout", cancellationToken);
        }
        else
        {
            await WriteAsync(context, Zip(selection.Members), fault, cancellationToken);
        }
    }

    private async Task WriteAsync(
        HttpContext context,
        ZipStream zip,
        FaultRule? fault,
        CancellationToken cancellationToken
    )
    {
        var response = context.Response;
        var length = zip.Length;
        response.ContentType = "application/zip";
        response.ContentLength = options.Style.Chunked || fault?.Fault == FaultKind.CutBodyChunked ? null : length;
        if (fault is null)
        {
            await WriteAsync(context, zip, response.Body, cancellationToken);
            return;
        }
        try
        {
            var cut = new CutStream(response.Body, Math.Min(fault.AfterBytes ?? length / 2, length - 1));
            await using (cut)
            {
                await WriteAsync(context, zip, cut, cancellationToken);
            }
        }
        catch (EndOfStreamException)
        {
            await EndAsync(context, fault.Fault, cancellationToken);
        }
    }

    private static async Task WriteAsync(
        HttpContext context,
        ZipStream zip,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        await zip.WriteMembersAsync(output, cancellationToken);
        context.Features.Get<Lease>()?.Dispose();
        await zip.WriteDirectoryAsync(output, cancellationToken);
    }

    /// <summary>After a cut: Kestrel closes the connection of a short body, and ends a chunked one in good order.</summary>
    private async Task EndAsync(HttpContext context, FaultKind fault, CancellationToken cancellationToken)
    {
        if (fault == FaultKind.Stall)
        {
            await StallAsync(cancellationToken);
        }
        else if (fault == FaultKind.Reset)
        {
            await Task.Delay(ReadingTime, TimeProvider.System, cancellationToken);
            context.Features.Get<Lease>()?.Dispose();
            context.Abort();
        }
    }

    private Task StallAsync(CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, options.Clock, cancellationToken);

    private ZipStream Zip(IReadOnlyList<ZipMember> members) =>
        new(members, options.Clock.GetUtcNow().UtcDateTime, options.Style.Zip64);
}
