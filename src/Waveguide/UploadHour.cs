using System.Globalization;

namespace Waveguide;

/// <summary>
/// One UTC hour of <c>server_upload_time</c>, the key by which Amplitude cuts its export
/// (Export API, "Considerations"). Ordered; its text form is <c>2025-07-09T14</c>.
/// </summary>
public readonly record struct UploadHour : IComparable<UploadHour>
{
    private const string Format = "yyyy-MM-ddTHH";

    private readonly int _sinceEpoch;

    private UploadHour(int sinceEpoch) => _sinceEpoch = sinceEpoch;

    /// <summary>The first moment of the hour; its kind is UTC.</summary>
    public DateTime Start => DateTime.UnixEpoch.AddHours(_sinceEpoch);

    public UploadHour Next => AddHours(1);

    /// <summary>Midnight of the hour's UTC day.</summary>
    public UploadHour Midnight => AddHours(-Start.Hour);

    /// <summary>The hour that holds <paramref name="moment"/>.</summary>
    public static UploadHour Of(DateTimeOffset moment)
    {
        var (hours, rest) = Math.DivRem(moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.TicksPerHour);
        return new UploadHour((int)(rest < 0 ? hours - 1 : hours));
    }

    /// <summary>Reads <c>2025-07-09T14</c>, or <c>2025-07-09</c> as that day's first hour.</summary>
    public static bool TryParse(string? text, out UploadHour hour)
    {
        var read = DateTime.TryParseExact(
            text,
            [Format, "yyyy-MM-dd"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        );
        hour = read ? Of(moment) : default;
        return read;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">The text is neither form.</exception>
    public static UploadHour Parse(string text) =>
        TryParse(text, out var hour)
            ? hour
            : throw new FormatException(
                $"\"{text}\" is neither a UTC day (2025-07-09) nor a UTC hour (2025-07-09T14)."
            );

    public UploadHour AddHours(int hours) => new(_sinceEpoch + hours);

    public int CompareTo(UploadHour other) => _sinceEpoch.CompareTo(other._sinceEpoch);

    public override string ToString() => Start.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The hours from <paramref name="right"/> to <paramref name="left"/>; negative if left is earlier.</summary>
    public static int operator -(UploadHour left, UploadHour right) => left._sinceEpoch - right._sinceEpoch;

    public static bool operator <(UploadHour left, UploadHour right) => left._sinceEpoch < right._sinceEpoch;

    public static bool operator >(UploadHour left, UploadHour right) => left._sinceEpoch > right._sinceEpoch;

    public static bool operator <=(UploadHour left, UploadHour right) => left._sinceEpoch <= right._sinceEpoch;

    public static bool operator >=(UploadHour left, UploadHour right) => left._sinceEpoch >= right._sinceEpoch;
}
