namespace Waveguide.Simulator.Faults;

/// <summary>Counts how often each rule has struck.</summary>
internal sealed class FaultLedger(FaultScript script)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(int Rule, string Project, DateTime Hour), int> _strikes = [];
    private int _requests;

    /// <summary>Counts an export request; its number, from 1.</summary>
    public int Enter() => Interlocked.Increment(ref _requests);

    /// <summary>The fault that decides the answer to a request for hours <paramref name="first"/> to <paramref name="last"/>.</summary>
    public FaultRule? Answer(int request, DateTime first, DateTime last)
    {
        for (var index = 0; index < script.Rules.Count; index++)
        {
            var rule = script.Rules[index];
            var overlaps = (rule.From is null || last >= rule.From) && (rule.Until is null || first < rule.Until);
            if (IsOfAnswer(rule.Fault) && overlaps && Begun(rule, request) && Strike(index, rule.Times, ("", default)))
            {
                return rule;
            }
        }
        return null;
    }

    /// <summary>The faults of one read of an hour's data.</summary>
    public IReadOnlyList<FaultRule> Data(int request, string project, DateTime hour)
    {
        List<FaultRule> struck = [];
        for (var index = 0; index < script.Rules.Count; index++)
        {
            var rule = script.Rules[index];
            var times = rule.Times ?? (rule.Fault is FaultKind.LateRows or FaultKind.LateHour ? 1 : null);
            if (
                !IsOfAnswer(rule.Fault)
                && rule.Concerns(hour)
                && Begun(rule, request)
                && Strike(index, times, (project, hour))
            )
            {
                struck.Add(rule);
            }
        }
        return struck;
    }

    private static bool IsOfAnswer(FaultKind kind) => kind <= FaultKind.Reset;

    private static bool Begun(FaultRule rule, int request) => request >= (rule.Request ?? 1);

    private bool Strike(int rule, int? times, (string Project, DateTime Hour) place)
    {
        if (times is null)
        {
            return true;
        }
        lock (_lock)
        {
            var key = (rule, place.Project, place.Hour);
            var struck = _strikes.GetValueOrDefault(key);
            _strikes[key] = struck + 1;
            return struck < times;
        }
    }
}
