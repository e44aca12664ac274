namespace Waveguide.DuckDb;

/// <summary>DuckDB's times count from 1970; what .NET's types cannot hold comes as DuckDB's own text.</summary>
internal static class Times
{
    internal const long TicksPerMicro = TimeSpan.TicksPerMicrosecond;

    private const long NanosPerTick = 100;
    private const long MicrosPerDay = 86_400_000_000;
    private const int EpochDay = 719_162;

    private static long EpochTicks => DateTime.UnixEpoch.Ticks;

    /// <summary>A time of unspecified kind is taken as UTC; parts of a microsecond are dropped, towards the past.</summary>
    internal static long ToMicros(DateTime value)
    {
        DateTime utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        return FloorDivide(utc.Ticks - EpochTicks, TicksPerMicro);
    }

    internal static int ToDays(DateOnly value) => value.DayNumber - EpochDay;

    internal static bool TryFromMicros(long micros, out DateTime value)
    {
        value = default;
        bool fits =
            micros >= -EpochTicks / TicksPerMicro && micros <= (DateTime.MaxValue.Ticks - EpochTicks) / TicksPerMicro;
        if (fits)
        {
            value = new DateTime(EpochTicks + (micros * TicksPerMicro), DateTimeKind.Utc);
        }
        return fits;
    }

    internal static object FromTimestamp(DuckDbType type, long value) =>
        TryFromTimestamp(type, value, out DateTime time) ? time : Text(type, value);

    /// <summary>Nanoseconds are rounded down to .NET's ticks of 100.</summary>
    internal static bool TryFromTimestamp(DuckDbType type, long value, out DateTime time)
    {
        time = default;
        switch (type)
        {
            case DuckDbType.TimestampSeconds:
                return Int128.Abs(value) < long.MaxValue / 1_000_000 && TryFromMicros(value * 1_000_000, out time);
            case DuckDbType.TimestampMillis:
                return Int128.Abs(value) < long.MaxValue / 1_000 && TryFromMicros(value * 1_000, out time);
            case DuckDbType.TimestampNanos when value is long.MaxValue or -long.MaxValue:
                return false;
            case DuckDbType.TimestampNanos:
                time = new DateTime(EpochTicks + FloorDivide(value, NanosPerTick), DateTimeKind.Utc);
                return true;
            default:
                return TryFromMicros(value, out time);
        }
    }

    internal static object FromDate(int days)
    {
        int number = days < int.MaxValue - EpochDay ? days + EpochDay : -1;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber(number)
            : Text(DuckDbType.Date, days);
    }

    internal static object FromTime(long micros) =>
        micros is >= 0 and < MicrosPerDay ? new TimeOnly(micros * TicksPerMicro) : Text(DuckDbType.Time, micros);

    /// <summary>DuckDB's own text of a value.</summary>
    internal static string Text(DuckDbType type, long value)
    {
        var number = new MicrosValue(value);
        nint created = type switch
        {
            DuckDbType.Date => NativeMethods.duckdb_create_date(new DateValue((int)value)),
            DuckDbType.Time => NativeMethods.duckdb_create_time(number),
            DuckDbType.TimeNanos => NativeMethods.duckdb_create_time_ns(number),
            DuckDbType.TimeTz => NativeMethods.duckdb_create_time_tz_value(number),
            DuckDbType.TimestampSeconds => NativeMethods.duckdb_create_timestamp_s(number),
            DuckDbType.TimestampMillis => NativeMethods.duckdb_create_timestamp_ms(number),
            DuckDbType.TimestampNanos => NativeMethods.duckdb_create_timestamp_ns(number),
            DuckDbType.TimestampTz => NativeMethods.duckdb_create_timestamp_tz(number),
            _ => NativeMethods.duckdb_create_timestamp(number),
        };
        return TakeText(created);
    }

    private static unsafe string TakeText(nint value)
    {
        try
        {
            return NativeText.Take(NativeMethods.duckdb_get_varchar(value));
        }
        finally
        {
            NativeMethods.duckdb_destroy_value(ref value);
        }
    }

    private static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }
}
