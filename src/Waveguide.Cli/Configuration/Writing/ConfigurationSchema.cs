using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Writing;

/// <summary>The JSON schema by which editors complete and check <c>waveguide.yml</c>.</summary>
internal static class ConfigurationSchema
{
    public const string RepositoryPath = "docs/waveguide.schema.json";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Render()
    {
        var properties = Properties("");
        foreach (var section in KnownSettings.Sections)
        {
            properties[section.Path] = section.Short is { } setting ? EitherOf(setting, section) : Of(section);
        }

        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Waveguide",
            ["description"] = "Configuration of Waveguide, which carries Amplitude data to a warehouse.",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
            ["allOf"] = new JsonArray(NotBoth("api_key"), NotBoth("secret_key")),
            ["$defs"] = new JsonObject
            {
                ["variable"] = new JsonObject
                {
                    ["description"] = "A value with a variable in it: ${NAME} or ${NAME:-default}.",
                    ["type"] = "string",
                    ["pattern"] = @"\$\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\}",
                },
            },
        };
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject EitherOf(Setting setting, Section section)
    {
        var schema = Of(setting);
        schema["anyOf"]!.AsArray().Add(Of(section));
        return schema;
    }

    private static JsonObject Of(Section section)
    {
        var group = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = Properties(section.Prefix),
        };
        var required = KnownSettings.Under(section.Prefix).Where(setting => setting.IsRequired).ToArray();
        if (required.Length > 0)
        {
            group["required"] = new JsonArray([.. required.Select(setting => JsonValue.Create(setting.Key))]);
        }

        var schema = section.IsList
            ? new JsonObject
            {
                ["type"] = "array",
                ["minItems"] = 1,
                ["items"] = group,
            }
            : group;
        schema.Insert(0, "description", Yaml.Plain(section.Description));
        return schema;
    }

    private static JsonObject Properties(string prefix)
    {
        var properties = new JsonObject();
        foreach (var setting in KnownSettings.Under(prefix))
        {
            properties[setting.Key] = Of(setting);
        }

        return properties;
    }

    private static JsonObject Of(Setting setting)
    {
        var value = new JsonObject
        {
            ["anyOf"] = new JsonArray(setting.Kind.Schema(), new JsonObject { ["$ref"] = "#/$defs/variable" }),
        };
        var schema =
            setting.IsList
                ? new JsonObject
                {
                    ["type"] = "array",
                    ["minItems"] = 1,
                    ["items"] = value,
                }
            : setting.IsMap ? new JsonObject { ["type"] = "object", ["additionalProperties"] = value }
            : value;
        schema.Insert(0, "description", Yaml.Plain(setting.Description));
        if (setting.Default is { } text)
        {
            schema["default"] = setting.IsList ? new JsonArray(text) : Default(setting, text);
        }

        return schema;
    }

    private static JsonValue Default(Setting setting, string text) =>
        setting is Setting<int> number ? JsonValue.Create(number.ParseDefault()) : JsonValue.Create(text);

    private static JsonObject NotBoth(string key) =>
        new() { ["not"] = new JsonObject { ["required"] = new JsonArray(KnownSettings.Projects.Path, key) } };
}
