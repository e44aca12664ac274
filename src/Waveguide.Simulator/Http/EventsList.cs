using System.Text.Json;

namespace Waveguide.Simulator.Http;

/// <summary>Body of <c>/api/2/events/list</c>, with the keys that real rows have beside the documented ones.</summary>
internal static class EventsList
{
    public const string Path = "/api/2/events/list";

    public static string Body(IReadOnlyList<string> eventTypes) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object> { ["data"] = eventTypes.Select((name, index) => Row(name, index)).ToList() }
        );

    private static Dictionary<string, object> Row(string name, int index) =>
        new()
        {
            ["id"] = 1_000_001 + index,
            ["name"] = name,
            ["value"] = name,
            ["display"] = name,
            ["totals"] = 1_000 / (index + 1),
            ["totals_delta"] = 0,
            ["non_active"] = name is "session_start" or "session_end",
            ["deleted"] = false,
            ["hidden"] = false,
            ["autohidden"] = false,
            ["flow_hidden"] = false,
            ["timeline_hidden"] = false,
            ["clusters_hidden"] = false,
            ["in_waitroom"] = false,
            ["waitroom_approved"] = false,
        };
}
