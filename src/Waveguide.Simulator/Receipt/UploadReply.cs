using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waveguide.Simulator.Receipt;

/// <summary>The answer to an upload: a status, which stands in the body as well, and the rest of the body.</summary>
internal sealed record UploadReply(int Code, JsonObject Body)
{
    public static UploadReply TooLarge { get; } = Error(413, "Payload too large");

    public static UploadReply Accepted(int events, int bytes, DateTime uploaded) =>
        new(
            200,
            new JsonObject
            {
                ["code"] = 200,
                ["events_ingested"] = events,
                ["payload_size_bytes"] = bytes,
                ["server_upload_time"] = new DateTimeOffset(uploaded).ToUnixTimeMilliseconds(),
            }
        );

    public static UploadReply Bad(string error) => Error(400, error);

    public static UploadReply Missing(string field) =>
        Error(400, "Request missing required field", ("missing_field", field));

    public static UploadReply Error(int code, string error, params IEnumerable<(string Key, object Value)> more)
    {
        var body = new JsonObject { ["code"] = code, ["error"] = error };
        foreach (var (key, value) in more)
        {
            body[key] = JsonSerializer.SerializeToNode(value);
        }

        return new UploadReply(code, body);
    }
}
