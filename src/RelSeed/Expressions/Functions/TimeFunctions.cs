using static RelSeed.Expressions.ScalarFunction;

namespace RelSeed.Expressions;

/// <summary>PostgreSQL's functions on dates and times; "now" is the plan's instant.</summary>
static class TimeFunctions
{
    public static readonly KeyValuePair<string, ScalarFunction>[] PostgreSql =
    [
        .. new[] { "now", "current_timestamp", "transaction_timestamp", "statement_timestamp", "clock_timestamp" }
            .Select(n => Strict(n, 0, static (_, c) => SqlValue.TimestampTz(c.AsOfMicroseconds))),
        Strict("localtimestamp", 0, static (_, c) => SqlValue.Timestamp(c.AsOfMicroseconds)),
        Strict("current_date", 0, static (_, c) => SqlValue.Date(SqlTime.FloorDay(c.AsOfMicroseconds))),
        Strict("localtime", 0, static (_, c) => SqlValue.Time(SqlTime.Mod(c.AsOfMicroseconds, SqlTime.Day))),
        Strict("extract", 2, static (a, _) => Extract(a[0], a[1])),
        Strict("date_part", 2, static (a, _) => Extract(a[0], a[1]) is { IsNumber: true } part ? SqlValue.Double(SqlCompare.ToDouble(part))
            : Extract(a[0], a[1])),
        Strict("date_trunc", 2, static (a, _) => Truncate(a[0], a[1])),
        Strict("date", 1, static (a, c) => SqlCast.To(a[0], new("date"), c, isLiteral: false)),
        Strict("age", 1, 2, static (a, c) => a.Length == 2 ? Age(a[0], a[1]) : Age(SqlValue.Date(SqlTime.FloorDay(c.AsOfMicroseconds)), a[0])),
        Strict("make_date", 3, static (a, _) => MakeDate(a)),
        Strict("isfinite", 1, static (a, _) => a[0].Kind is SqlKind.Date or SqlKind.Timestamp or SqlKind.TimestampTz
            ? SqlValue.Boolean(Math.Abs(a[0].AsInteger) != SqlValue.Infinity) : Unknown),
    ];

    static SqlValue Unknown => SqlValue.NotEvaluable("a time function that is not evaluated");

    static DateTime? Instant(SqlValue value) => value.Kind switch
    {
        SqlKind.Date when Math.Abs(value.AsInteger) < 4_000_000 => SqlTime.ToDateTime(value.AsInteger * SqlTime.Day),
        SqlKind.Timestamp or SqlKind.TimestampTz => SqlTime.ToDateTime(value.AsInteger),
        _ => null,
    };

    static SqlValue MakeDate(ReadOnlySpan<SqlValue> parts)
    {
        if (parts[0].Kind != SqlKind.Integer || parts[1].Kind != SqlKind.Integer || parts[2].Kind != SqlKind.Integer) return Unknown;
        var (year, month, day) = (parts[0].AsInteger, parts[1].AsInteger, parts[2].AsInteger);
        if (year is < 1 or > 9999) return Unknown;
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month)) return SqlValue.Error("no such date");
        return SqlValue.Date(SqlTime.FromDateTime(new DateTime((int)year, (int)month, (int)day, 0, 0, 0, DateTimeKind.Utc)) / SqlTime.Day);
    }

    static SqlValue Extract(SqlValue field, SqlValue value)
    {
        if (!field.IsText) return Unknown;
        var name = field.AsText.ToLowerInvariant();
        if (value.Kind == SqlKind.Interval) return OfInterval(name, value);
        if (value.Kind == SqlKind.Time) return OfTime(name, value.AsInteger) ?? Unknown;
        if (Instant(value) is not { } instant) return Unknown;
        if (name == "epoch" && value.Kind == SqlKind.Date) return SqlValue.Integer(value.AsInteger * (SqlTime.Day / SqlTime.Second));
        return OfDate(name, instant)
            ?? (name == "epoch" ? Seconds(SqlTime.FromDateTime(instant), 6) : OfTime(name, SqlTime.Mod(SqlTime.FromDateTime(instant), SqlTime.Day)))
            ?? Unknown;
    }

    static SqlValue Seconds(long microseconds, byte digits) =>
        SqlValue.Decimal(microseconds / 1_000_000m + new decimal(0, 0, 0, isNegative: false, digits));

    static SqlValue? OfDate(string field, DateTime date) => field switch
    {
        "year" => SqlValue.Integer(date.Year),
        "month" => SqlValue.Integer(date.Month),
        "day" => SqlValue.Integer(date.Day),
        "quarter" => SqlValue.Integer((date.Month + 2) / 3),
        "dow" => SqlValue.Integer((int)date.DayOfWeek),
        "isodow" => SqlValue.Integer(((int)date.DayOfWeek + 6) % 7 + 1),
        "doy" => SqlValue.Integer(date.DayOfYear),
        "week" => SqlValue.Integer(System.Globalization.ISOWeek.GetWeekOfYear(date)),
        "isoyear" => SqlValue.Integer(System.Globalization.ISOWeek.GetYear(date)),
        "decade" => SqlValue.Integer(date.Year / 10),
        "century" => SqlValue.Integer((date.Year + 99) / 100),
        "millennium" => SqlValue.Integer((date.Year + 999) / 1000),
        _ => null,
    };

    static SqlValue? OfTime(string field, long microseconds) => field switch
    {
        "hour" => SqlValue.Integer(microseconds / SqlTime.Hour),
        "minute" => SqlValue.Integer(microseconds / SqlTime.Minute % 60),
        "second" => Seconds(microseconds % SqlTime.Minute, 6),
        "milliseconds" => SqlValue.Decimal(microseconds % SqlTime.Minute / 1000m),
        "microseconds" => SqlValue.Integer(microseconds % SqlTime.Minute),
        "epoch" => Seconds(microseconds, 6),
        _ => null,
    };

    static SqlValue OfInterval(string field, SqlValue span) => field switch
    {
        "year" => SqlValue.Integer(span.Months / 12),
        "month" => SqlValue.Integer(span.Months % 12),
        "day" => SqlValue.Integer(span.Days),
        "hour" => SqlValue.Integer(span.AsInteger / SqlTime.Hour),
        "epoch" when span.Months == 0 => Seconds(span.AsInteger + span.Days * SqlTime.Day, 6),
        "minute" => SqlValue.Integer(span.AsInteger / SqlTime.Minute % 60),
        _ => Unknown,
    };

    static SqlValue Truncate(SqlValue field, SqlValue value)
    {
        if (!field.IsText || Instant(value) is not { } date) return Unknown;
        var day = date.Date;
        DateTime? start = field.AsText.ToLowerInvariant() switch
        {
            "year" => new DateTime(date.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            "quarter" => new DateTime(date.Year, (date.Month - 1) / 3 * 3 + 1, 1, 0, 0, 0, DateTimeKind.Utc),
            "month" => new DateTime(date.Year, date.Month, 1, 0, 0, 0, DateTimeKind.Utc),
            "week" => day.Ticks < 6 * TimeSpan.TicksPerDay ? null : day.AddDays(-(((int)date.DayOfWeek + 6) % 7)),
            "day" => day,
            "hour" => day.AddHours(date.Hour),
            "minute" => day.AddHours(date.Hour).AddMinutes(date.Minute),
            "second" => day.AddHours(date.Hour).AddMinutes(date.Minute).AddSeconds(date.Second),
            _ => null,
        };
        if (start is not { } truncated) return Unknown;
        var microseconds = SqlTime.FromDateTime(truncated);
        return value.Kind == SqlKind.Timestamp ? SqlValue.Timestamp(microseconds) : SqlValue.TimestampTz(microseconds);
    }

    /// <summary>Whole years, months and days between two instants, days borrowed from the earlier one's month.</summary>
    static SqlValue Age(SqlValue later, SqlValue earlier)
    {
        if (Instant(later) is not { } b || Instant(earlier) is not { } a) return Unknown;
        var sign = b < a ? -1 : 1;
        if (sign < 0) (a, b) = (b, a);
        var months = (b.Year - a.Year) * 12 + b.Month - a.Month;
        var days = b.Day - a.Day;
        var time = (b.TimeOfDay - a.TimeOfDay).Ticks / 10;
        if (time < 0) (time, days) = (time + SqlTime.Day, days - 1);
        if (days < 0) (days, months) = (days + DateTime.DaysInMonth(a.Year, a.Month), months - 1);
        return days < 0 || sign < 0 && days > 0 ? Unknown : SqlValue.Interval(sign * months, sign * days, sign * time);
    }
}
