using Waveguide.Simulator.Faults;
using Waveguide.Simulator.Tables;

namespace Waveguide.Simulator;

/// <summary>What goes wrong, and when. Immutable; the simulator counts for itself.</summary>
public sealed record FaultScript
{
    public static FaultScript None { get; } = new();

    /// <summary>The first rule that fits decides the answer; all that fit change the data, in this order.</summary>
    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <summary>Wrong answers of the other APIs; the first whose path fits, and that still strikes, does.</summary>
    public IReadOnlyList<RestFault> Answers { get; init; } = [];

    public static FaultScript Of(params IReadOnlyList<FaultRule> rules) => new() { Rules = rules };

    /// <summary>
    /// Reads <c>{"rules":[{"fault":"status","status":503,"from":"2025-07-09T14","until":"2025-07-09T15","times":2}],
    /// "answers":[{"path":"/api/3/cohorts","status":429,"retryAfter":3}]}</c>.
    /// </summary>
    /// <exception cref="FormatException">The text is not such a script; the message says where and what is known.</exception>
    public static FaultScript Parse(string json) => FaultScriptText.Read(json);

    /// <inheritdoc cref="Parse"/>
    public static FaultScript Load(string path) => FaultScriptText.Read(File.ReadAllText(path));

    public string ToJson() => FaultScriptText.Write(this);
}
