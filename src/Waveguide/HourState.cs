namespace Waveguide;

public enum HourState
{
    /// <summary>Loaded, but read so soon after its publication that a second look is due.</summary>
    Provisional,

    /// <summary>Loaded, and read late enough to be final (see <see cref="Availability"/>).</summary>
    Confirmed,

    /// <summary>Not loaded: the last attempt failed. The next run tries again.</summary>
    Failed,

    /// <summary>Not loaded: this one hour is over the source's size limit. It is not asked for again.</summary>
    TooLarge,
}

public static class HourStates
{
    /// <summary>The state's name in ledgers and JSON.</summary>
    public static string Name(this HourState state) =>
        state switch
        {
            HourState.Provisional => "provisional",
            HourState.Confirmed => "confirmed",
            HourState.Failed => "failed",
            HourState.TooLarge => "too-large",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    /// <exception cref="FormatException">No state has this name.</exception>
    public static HourState Parse(string name) =>
        Enum.GetValues<HourState>().Cast<HourState?>().FirstOrDefault(state => state!.Value.Name() == name)
        ?? throw new FormatException($"\"{name}\" is no state of an hour.");

    public static bool IsLoaded(this HourState state) => state is HourState.Provisional or HourState.Confirmed;
}
