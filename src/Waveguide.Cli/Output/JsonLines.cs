using System.Text.Encodings.Web;
using System.Text.Json;

namespace Waveguide.Cli.Output;

/// <summary>One JSON object a line.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void WriteJson(this TextWriter writer, object value) =>
        writer.WriteLine(JsonSerializer.Serialize(value, Options));
}
