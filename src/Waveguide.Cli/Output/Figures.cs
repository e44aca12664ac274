using System.Globalization;

namespace Waveguide.Cli.Output;

/// <summary>Numbers as they are shown to people: with units and thousands separators.</summary>
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

    /// <summary>A large number in few letters: <c>1.2 M</c>.</summary>
    public static string Short(double number) =>
        number switch
        {
            < 1e4 => string.Create(CultureInfo.InvariantCulture, $"{number:N0}"),
            < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e3:N0} k"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{number / 1e6:N1} M"),
        };

    public static string Seconds(TimeSpan time) =>
        time.TotalSeconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s");

    /// <summary><c>2026-11-21 20:00</c>, UTC.</summary>
    public static string Moment(UploadHour hour) =>
        hour.Start.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Scaled(double number, string unit) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{number.ToString(number < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture)} {unit}"
        );
}
