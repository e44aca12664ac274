using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Http;

namespace Waveguide.Simulator.Receipt;

/// <summary>
/// <c>POST /identify</c> and <c>POST /groupidentify</c>: forms with <c>api_key</c> and <c>identification</c>, an object
/// or a list of them. The texts of the refusals are ours, Amplitude's are not known.
/// </summary>
internal sealed class IdentifyEndpoint(Recipients recipients)
{
    public const string Users = "/identify";
    public const string Groups = "/groupidentify";

    public async Task AnswerAsync(HttpContext context, SimulatedRegion region, CancellationToken cancellationToken)
    {
        var form = context.Request.HasFormContentType
            ? await context.Request.ReadFormAsync(cancellationToken)
            : FormCollection.Empty;
        var problem = Problem(context, region, form);
        await Answers.TextAsync(context, problem is null ? 200 : 400, problem ?? "success", cancellationToken);
    }

    /// <returns>Null if everything was taken in.</returns>
    private string? Problem(HttpContext context, SimulatedRegion region, IFormCollection form)
    {
        if (recipients.Of(form["api_key"], region) is not { } recipient)
        {
            return "invalid_api_key";
        }

        try
        {
            using var json = JsonDocument.Parse(form["identification"].ToString());
            List<JsonElement> items =
                json.RootElement.ValueKind == JsonValueKind.Array
                    ? [.. json.RootElement.EnumerateArray()]
                    : [json.RootElement];
            var events = context.Request.Path == Groups ? items.ConvertAll(OfGroup) : items.ConvertAll(OfUser);
            if (events.Contains(null))
            {
                return "missing_field";
            }

            recipient.Receive([.. events.OfType<SentEvent>()], recipients.Arrival(context, clientUpload: null));
            return null;
        }
        catch (JsonException)
        {
            return "invalid_json";
        }
    }

    private static SentEvent? OfUser(JsonElement item)
    {
        var (user, device) = (Text(item, "user_id"), Text(item, "device_id"));
        return user is null && device is null
            ? null
            : new SentEvent(item, SentEvent.Identify, user, device ?? Ids.DeviceOf(user!));
    }

    private static SentEvent? OfGroup(JsonElement item) =>
        Text(item, "group_type") is null || Text(item, "group_value") is null
            ? null
            : new SentEvent(item, SentEvent.GroupIdentify, User: null, Device: "");

    private static string? Text(JsonElement item, string key) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty(key, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
