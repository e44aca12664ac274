using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Waveguide.Tests.Configuration;

/// <summary>As much of JSON Schema (2020-12) as our schema uses; an unknown keyword is a fault.</summary>
internal sealed class SchemaCheck(JsonObject root)
{
    public bool Accepts(string yaml)
    {
        var graph = new DeserializerBuilder()
            .WithAttemptingUnquotedStringTypeDeserialization()
            .Build()
            .Deserialize<object?>(yaml);
        var json = new SerializerBuilder().JsonCompatible().Build().Serialize(graph);
        return Fits(root, JsonNode.Parse(json));
    }

    private bool Fits(JsonObject schema, JsonNode? value) =>
        schema.All(keyword => Fits(keyword.Key, keyword.Value!, schema, value));

    private bool Fits(string keyword, JsonNode rule, JsonObject schema, JsonNode? value) =>
        keyword switch
        {
            "$schema" or "$defs" or "title" or "description" or "default" => true,
            "type" => TypeOf(value) == rule.GetValue<string>()
                || (rule.GetValue<string>() == "number" && TypeOf(value) == "integer"),
            "enum" => rule.AsArray().Any(item => JsonNode.DeepEquals(item, value)),
            "pattern" => TypeOf(value) != "string" || Matches(value!.GetValue<string>(), rule.GetValue<string>()),
            "minLength" => TypeOf(value) != "string" || value!.GetValue<string>().Length >= rule.GetValue<int>(),
            "minimum" => TypeOf(value) != "integer" || value!.GetValue<long>() >= rule.GetValue<long>(),
            "maximum" => TypeOf(value) != "integer" || value!.GetValue<long>() <= rule.GetValue<long>(),
            "minItems" => value is not JsonArray list || list.Count >= rule.GetValue<int>(),
            "items" => value is not JsonArray list || list.All(item => Fits(rule.AsObject(), item)),
            "required" => value is not JsonObject map
                || rule.AsArray().All(key => map.ContainsKey(key!.GetValue<string>())),
            "properties" => value is not JsonObject map
                || map.All(entry => rule[entry.Key] is not JsonObject property || Fits(property, entry.Value)),
            "additionalProperties" when rule is JsonObject any => value is not JsonObject map
                || map.All(entry => Fits(any, entry.Value)),
            "additionalProperties" => value is not JsonObject map
                || map.All(entry => schema["properties"]!.AsObject().ContainsKey(entry.Key)),
            "anyOf" => rule.AsArray().Any(option => Fits(option!.AsObject(), value)),
            "allOf" => rule.AsArray().All(option => Fits(option!.AsObject(), value)),
            "not" => !Fits(rule.AsObject(), value),
            "$ref" => Fits(root["$defs"]![rule.GetValue<string>().Split('/')[^1]]!.AsObject(), value),
            _ => throw new NotSupportedException(keyword),
        };

    private static bool Matches(string text, string pattern) =>
        Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static string TypeOf(JsonNode? value) =>
        value switch
        {
            JsonObject => "object",
            JsonArray => "array",
            JsonValue text when text.TryGetValue<string>(out _) => "string",
            JsonValue flag when flag.TryGetValue<bool>(out _) => "boolean",
            JsonValue number when number.TryGetValue<long>(out _) => "integer",
            _ => "other",
        };
}
