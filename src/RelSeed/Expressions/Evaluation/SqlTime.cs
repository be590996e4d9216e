using System.Globalization;

namespace RelSeed.Expressions;

/// <summary>Dates and instants as counts of days and microseconds since 1970-01-01, in the proleptic Gregorian calendar, UTC.</summary>
static class SqlTime
{
    public const long Second = 1_000_000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour;

    static readonly long EpochTicks = DateTime.UnixEpoch.Ticks;

    /// <summary>Null when .NET's years, 1 to 9999, do not hold it.</summary>
    public static DateTime? ToDateTime(long microseconds)
    {
        var ticks = (Int128)microseconds * 10 + EpochTicks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTime((long)ticks, DateTimeKind.Utc);
    }

    public static long FromDateTime(DateTime value) => (value.Ticks - EpochTicks) / 10;

    public static string FormatDate(long days) => Math.Abs(days) == SqlValue.Infinity
        ? Infinite(days)
        : days is < -800_000 or > 3_000_000 || ToDateTime(days * Day) is not { } date ? $"day {days}"
        : date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string FormatTime(long microseconds)
    {
        var text = $"{microseconds / Hour:00}:{microseconds / Minute % 60:00}:{microseconds / Second % 60:00}";
        var fraction = microseconds % Second;
        return fraction == 0 ? text : $"{text}.{fraction:000000}".TrimEnd('0');
    }

    public static string FormatTimestamp(long microseconds)
    {
        if (Math.Abs(microseconds) == SqlValue.Infinity) return Infinite(microseconds);
        var days = Math.DivRem(microseconds, Day, out var time);
        if (time < 0) (days, time) = (days - 1, time + Day);
        return $"{FormatDate(days)} {FormatTime(time)}";
    }

    static string Infinite(long value) => value < 0 ? "-infinity" : "infinity";

    /// <summary>PostgreSQL's <c>postgres</c> interval style, without its plurals' exceptions: <c>1 mon 3 days 04:05:06</c>.</summary>
    public static string FormatInterval(int months, int days, long microseconds)
    {
        var parts = new List<string>();
        if (months != 0) parts.Add($"{months} mons");
        if (days != 0) parts.Add($"{days} days");
        if (microseconds != 0 || parts.Count == 0) parts.Add((microseconds < 0 ? "-" : "") + FormatTime(Math.Abs(microseconds)));
        return string.Join(' ', parts);
    }

    public static long? ParseDate(string text)
    {
        text = text.Trim();
        if (Infinite(text) is { } infinite) return infinite;
        return DateTime.TryParseExact(text, ["yyyy-MM-dd", "yyyyMMdd", "yyyy/MM/dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? FromDateTime(date) / Day
            : ParseTimestamp(text, out _) is { } instant ? FloorDay(instant) : null;
    }

    public static long FloorDay(long microseconds) => (microseconds - Mod(microseconds, Day)) / Day;

    public static long Mod(long value, long divisor) => (value % divisor + divisor) % divisor;

    static long? Infinite(string text) => text.ToLowerInvariant() switch
    {
        "infinity" => SqlValue.Infinity,
        "-infinity" => -SqlValue.Infinity,
        "epoch" => 0,
        _ => null,
    };

    static readonly string[] TimestampForms =
        ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyyMMdd", "yyyyMMdd HH:mm:ss"];

    /// <summary>Local time as written.</summary>
    /// <param name="offset">Of the zone that is written, to be taken away for UTC; 0 when there is none.</param>
    public static long? ParseTimestamp(string text, out long offset)
    {
        text = text.Trim();
        offset = 0;
        if (Infinite(text) is { } infinite) return infinite;
        if (text.Length > 10 && text[10] == 'T') text = $"{text[..10]} {text[11..]}";
        text = StripZone(text, ref offset);
        return DateTime.TryParseExact(text, TimestampForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? FromDateTime(value) : null;
    }

    static string StripZone(string text, ref long offset)
    {
        if (text.EndsWith('Z') || text.EndsWith('z')) return text[..^1].TrimEnd();
        if (text.EndsWith(" UTC", StringComparison.OrdinalIgnoreCase)) return text[..^4];
        var sign = text.LastIndexOfAny(['+', '-']);
        if (sign <= 10) return text;
        var parts = text[(sign + 1)..].Split(':');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 15) return text;
        var minutes = 0;
        if (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minutes)) return text;
        offset = (hours * Hour + minutes * Minute) * (text[sign] == '-' ? -1 : 1);
        return text[..sign].TrimEnd();
    }

    public static long? ParseTime(string text)
    {
        if (text.Trim() == "24:00:00") return Day;
        return TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var time)
            ? time.Ticks / 10
            : null;
    }

    /// <summary>Reads <c>1 year 2 mons -3 days 04:05:06.7 ago</c> and the like; null for anything else, ISO durations too.</summary>
    public static SqlValue? ParseInterval(string text)
    {
        var words = text.Trim().TrimStart('@').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ago = words.Length > 0 && words[^1] == "ago";
        var (months, days, time) = (0m, 0m, 0m);
        if (words.Length == 0) return null;
        for (var i = 0; i < words.Length - (ago ? 1 : 0); i++)
        {
            if (words[i].Contains(':', StringComparison.Ordinal))
            {
                if (ParseSignedTime(words[i]) is not { } clock) return null;
                time += clock;
                continue;
            }
            var (number, unit) = SplitUnit(words[i]);
            if (unit.Length == 0) unit = i + 1 < words.Length ? words[++i] : "second";
            if (!decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var amount)
                || Math.Abs(amount) > 1_000_000_000 || !AddUnit(unit.ToLowerInvariant(), amount, ref months, ref days, ref time)) return null;
        }
        return Build(months, days, time, ago ? -1 : 1);
    }

    static SqlValue? Build(decimal months, decimal days, decimal time, int sign)
    {
        if (months != decimal.Truncate(months) || days != decimal.Truncate(days) || time != decimal.Truncate(time)) return null;
        if (Math.Abs(months) > int.MaxValue || Math.Abs(days) > int.MaxValue || Math.Abs(time) > long.MaxValue / 2) return null;
        return SqlValue.Interval(sign * (int)months, sign * (int)days, sign * (long)time);
    }

    static (string Number, string Unit) SplitUnit(string word)
    {
        var end = 0;
        while (end < word.Length && !char.IsAsciiLetter(word[end])) end++;
        return (word[..end], word[end..]);
    }

    static long? ParseSignedTime(string word)
    {
        var sign = word[0] == '-' ? -1 : 1;
        var parts = word.TrimStart('+', '-').Split(':');
        if (parts.Length is < 2 or > 3 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || hours > 100_000_000)
            return null;
        if (!long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59) return null;
        var seconds = 0m;
        if (parts.Length == 3
            && (!decimal.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) || seconds >= 61))
            return null;
        return sign * (hours * Hour + minutes * Minute + (long)(seconds * Second));
    }

    static bool AddUnit(string unit, decimal amount, ref decimal months, ref decimal days, ref decimal time)
    {
        switch (unit is "ms" or "us" ? unit : unit.TrimEnd('s'))
        {
            case "year" or "yr" or "y":
                months += amount * 12;
                return true;
            case "mon" or "month":
                months += amount;
                return true;
            case "decade":
                months += amount * 120;
                return true;
            case "century" or "centurie":
                months += amount * 1200;
                return true;
            case "week" or "w":
                days += amount * 7;
                return true;
            case "day" or "d":
                days += amount;
                return true;
            case "hour" or "hr" or "h":
                time += amount * Hour;
                return true;
            case "minute" or "min" or "m":
                time += amount * Minute;
                return true;
            case "second" or "sec" or "":
                time += amount * Second;
                return true;
            case "millisecond" or "msec" or "ms":
                time += amount * 1000;
                return true;
            case "microsecond" or "usec" or "us":
                time += amount;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The day of the month is kept, or is the month's last; null out of .NET's years.</summary>
    public static long? AddMonths(long microseconds, int months)
    {
        if (months == 0) return microseconds;
        if (ToDateTime(microseconds) is not { } value) return null;
        var total = value.Year * 12L + value.Month - 1 + months;
        return total is < 12 or > 9999 * 12 + 11 ? null : FromDateTime(value.AddMonths(months));
    }
}
