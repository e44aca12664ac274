using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Http;

namespace Waveguide.Simulator.Receipt;

/// <summary><c>POST /2/httpapi</c> and <c>POST /batch</c>.</summary>
internal sealed class UploadEndpoint(SimulatorOptions options, Recipients recipients)
{
    public const string HttpApi = "/2/httpapi";
    public const string Batch = "/batch";

    private readonly Throttle _throttle = new(options.Receipt);

    public async Task AnswerAsync(HttpContext context, SimulatedRegion region, CancellationToken cancellationToken)
    {
        var reply = await ReplyAsync(context, region, cancellationToken);
        await Answers.JsonAsync(context, reply.Code, reply.Body.ToJsonString(), cancellationToken);
    }

    private async Task<UploadReply> ReplyAsync(
        HttpContext context,
        SimulatedRegion region,
        CancellationToken cancellationToken
    )
    {
        var isBatch = context.Request.Path == Batch;
        var limit = isBatch ? options.Receipt.BatchBytes : options.Receipt.HttpApiBytes;
        try
        {
            var body = await RequestBody.ReadAsync(context.Request, limit, cancellationToken);
            if (body is null)
            {
                return UploadReply.TooLarge;
            }

            if (body.Length == 0)
            {
                return UploadReply.Bad("Missing request body");
            }

            using var json = JsonDocument.Parse(body);
            var (upload, refusal) = Upload.Parse(json.RootElement);
            return upload is null ? refusal! : Take(context, region, upload, body.Length);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            return UploadReply.Bad("Invalid JSON request body");
        }
    }

    private UploadReply Take(HttpContext context, SimulatedRegion region, Upload upload, int bytes)
    {
        if (upload.Events.Count > options.Receipt.Events)
        {
            return UploadReply.TooLarge;
        }

        if (recipients.Of(upload.ApiKey, region) is not { } recipient)
        {
            return UploadReply.Bad("Invalid API key");
        }

        var isBatch = context.Request.Path == Batch;
        var (events, refusal) = new EventChecks(upload, rejectsShortIds: !isBatch).Run();
        var arrival = recipients.Arrival(context, upload.ClientUpload);
        refusal ??= Silenced(events) ?? _throttle.Refuse(events, isBatch, arrival.Received);
        if (refusal is not null)
        {
            return refusal;
        }

        recipient.Receive(events, arrival);
        return UploadReply.Accepted(events.Count, bytes, arrival.Uploaded);
    }

    private UploadReply? Silenced(IReadOnlyList<SentEvent> events)
    {
        var places = events.Index().Where(sent => options.Receipt.SilencedDevices.Contains(sent.Item.Device)).ToList();
        return places.Count == 0
            ? null
            : UploadReply.Error(
                400,
                "Invalid field values on some events",
                ("silenced_devices", places.Select(sent => sent.Item.Device).Distinct()),
                ("silenced_events", places.Select(sent => sent.Index))
            );
    }
}
