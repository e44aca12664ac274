namespace Waveguide.Simulator.Traffic;

/// <summary>A person with a device, a place and an address.</summary>
internal sealed class Visitor
{
    private const long Hour = 3_600_000;

    public Visitor(World world, TrafficOptions options, ulong hash)
    {
        var dice = new Dice(hash);
        Country = world.Countries.Draw(ref dice);
        Place = dice.Chance(0.1) ? Place.Nowhere : dice.Pick(Country.Places);
        Device = world.Devices.Draw(ref dice);
        Version = dice.Pick(Device.Versions);
        Viewport = dice.Pick(Device.Viewports);
        Address = world.Networks.Address(Country.Name, ref dice);
        Site = dice.Chance(0.12) ? world.Sites["uk"] : Country.Site;
        Language = dice.Chance(0.15) ? "English" : Country.Language;
        DeviceId = MakeDeviceId(ref dice);
        Library = dice.Chance(0.02) ? "amplitude-ts/2.11.7" : "amplitude-ts/2.16.1";
        Source = Sources.All.Draw(ref dice);
        HasProperties = dice.Chance(0.74);
        AmplitudeId = MakeAmplitudeId(ref dice);
        Account = dice.Chance(0.04) ? dice.Below(Accounts.Count) : null;
        SecondAccount = dice.Chance(0.015) ? dice.Below(Accounts.Count) : null;
        SeatsAsText = dice.Chance(0.4);
        Clock = MakeClock(ref dice);
        App = options.App;
    }

    public Country Country { get; }

    public Place Place { get; }

    public Device Device { get; }

    public string Version { get; }

    public (int Width, int Height) Viewport { get; }

    public string Address { get; }

    public Site Site { get; }

    public string Language { get; }

    public string DeviceId { get; }

    public string Library { get; }

    public Source Source { get; }

    /// <summary>Whether rows carry the initial_* properties.</summary>
    public bool HasProperties { get; }

    public long AmplitudeId { get; }

    /// <summary>The account logged in; null for an anonymous visitor.</summary>
    public int? Account { get; }

    /// <summary>Another account that logs in during the same session.</summary>
    public int? SecondAccount { get; }

    /// <summary>Whether the property Seats is text, as one of two senders has it.</summary>
    public bool SeatsAsText { get; }

    public DeviceClock Clock { get; }

    public long App { get; }

    /// <summary>The amplitude_id that a user id keeps on any device.</summary>
    public static long AccountAmplitudeId(ulong seed, int account) =>
        1_200_000_000_000 + (long)(Dice.Mix(seed, (ulong)account, 77) % 99_000_000_000);

    private string MakeDeviceId(ref Dice dice)
    {
        var id = dice.Uuid().ToString();
        return Device.Family == "iOS" && dice.Chance(0.3) ? id.ToUpperInvariant()
            : dice.Chance(0.01) ? id + "R"
            : id;
    }

    private static long MakeAmplitudeId(ref Dice dice) =>
        (long)(dice.Next() % 89_999_999_999) + (dice.Chance(0.03) ? 550_000_000_000 : 10_000_000_000);

    private static DeviceClock MakeClock(ref Dice dice) =>
        dice.Below(1000) switch
        {
            < 40 => new DeviceClock(0, dice.Between(2_000, 477_000)),
            < 80 => new DeviceClock(dice.Between(-55_000, 55_000), 0),
            < 108 => new DeviceClock(dice.Between(-6 * 3_600_000, 6 * 3_600_000), 0),
            < 110 => new DeviceClock(-24 * 365 * Hour, 0),
            _ => default,
        };
}

/// <summary>How far a device's clock is ahead of the server's, in milliseconds.</summary>
/// <param name="Offset">Shows in the upload time as well, as Amplitude's rule corrects it.</param>
/// <param name="Hidden">Shows in the event's time only: the event seems to come after its upload.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct DeviceClock(long Offset, long Hidden);
