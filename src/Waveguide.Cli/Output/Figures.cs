using System.Globalization;

namespace Waveguide.Cli.Output;

/// <summary>Numbers and times as they are shown to people: with units and thousands separators.</summary>
internal static class Figures
{
    public static string Count(long number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {unit}{(number == 1 ? "" : "s")}");

    public static string Bytes(double bytes) =>
        bytes switch
        {
            < 1e3 => Scaled(bytes, "B"),
            < 1e6 => Scaled(bytes / 1e3, "kB"),
            < 1e9 => Scaled(bytes / 1e6, "MB"),
            _ => Scaled(bytes / 1e9, "GB"),
        };

    /// <summary>What is free on the disk of a folder: <c>34 GB free</c>.</summary>
    public static string Free(string folder) => $"{Bytes(new DriveInfo(folder).AvailableFreeSpace)} free";

    /// <summary>A large number in few letters: <c>1.2 M</c>.</summary>
    public static string Short(double number) =>
        number switch
        {
            < 1e4 => string.Create(CultureInfo.InvariantCulture, $"{number:N0}"),
            < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e3:N0} k"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{number / 1e6:N1} M"),
        };

    /// <param name="share">From 0 to 1.</param>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    public static string Seconds(TimeSpan time) =>
        time.TotalSeconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s");

    /// <summary><c>2026-11-21 20:00</c>, UTC.</summary>
    public static string Moment(UploadHour hour) => Moment(hour.Start);

    /// <inheritdoc cref="Moment(UploadHour)"/>
    public static string Moment(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>In few letters: <c>2026-11-21</c> is a day, <c>2026-11-21T20</c> an hour, <c>2026-11-21T20..T24</c> four.</summary>
    public static string Range(HourRange hours)
    {
        var (from, until) = hours;
        var ofDay = until - from.Midnight;
        return from == from.Midnight && hours.Count == 24 ? $"{from.Start:yyyy-MM-dd}"
            : hours.Count == 1 ? $"{from}"
            : ofDay <= 24 ? string.Create(CultureInfo.InvariantCulture, $"{from}..T{ofDay:00}")
            : $"{hours}";
    }

    private static string Scaled(double number, string unit) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{number.ToString(number < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture)} {unit}"
        );
}
