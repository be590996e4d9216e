using System.Buffers;

namespace RelSeed.Generation;

sealed class DateFormatter : Int64Formatter
{
    protected override void Write(long value, IBufferWriter<byte> target) => target.Write(CalendarDate.Of(value));
}

/// <param name="suffix">The time zone's offset, where the type has one.</param>
sealed class TimeFormatter(string suffix) : Int64Formatter
{
    protected override void Write(long value, IBufferWriter<byte> target)
    {
        if (value < 0) target.WriteByte((byte)'-');
        target.WriteTime(Math.Abs(value));
        target.WriteText(suffix);
    }
}

/// <param name="suffix">The time zone's offset, where the type has one.</param>
sealed class TimestampFormatter(string suffix) : Int64Formatter
{
    const long MicrosecondsOfDay = 86_400_000_000;

    protected override void Write(long value, IBufferWriter<byte> target)
    {
        var day = Math.DivRem(value, MicrosecondsOfDay, out var time);
        if (time < 0) (day, time) = (day - 1, time + MicrosecondsOfDay);
        var date = CalendarDate.Of(day);
        target.Write(date with { IsBeforeChrist = false });
        target.WriteByte((byte)' ');
        target.WriteTime(time);
        target.WriteText(suffix);
        if (date.IsBeforeChrist) target.Write(" BC"u8);
    }
}

/// <summary>A day of the proleptic Gregorian calendar; DateOnly ends at year 9999, databases do not.</summary>
readonly record struct CalendarDate(long Year, int Month, int Day, bool IsBeforeChrist)
{
    const long DaysOfEra = 146_097;
    const long EraStart = -719_468;

    /// <param name="days">Days since 1970-01-01.</param>
    public static CalendarDate Of(long days)
    {
        // Howard Hinnant's civil_from_days: eras of 400 years that begin on the first of March.
        var shifted = days - EraStart;
        var era = (shifted >= 0 ? shifted : shifted - (DaysOfEra - 1)) / DaysOfEra;
        var dayOfEra = shifted - era * DaysOfEra;
        var yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        var dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var march = (5 * dayOfYear + 2) / 153;
        var month = (int)(march < 10 ? march + 3 : march - 9);
        var year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return new(year > 0 ? year : 1 - year, month, (int)(dayOfYear - (153 * march + 2) / 5 + 1), year <= 0);
    }
}

static class TemporalWriting
{
    public static void Write(this IBufferWriter<byte> target, CalendarDate date)
    {
        target.WriteDigits(date.Year, 4);
        target.WriteByte((byte)'-');
        target.WriteDigits(date.Month, 2);
        target.WriteByte((byte)'-');
        target.WriteDigits(date.Day, 2);
        if (date.IsBeforeChrist) target.Write(" BC"u8);
    }

    /// <summary>Hours (as many as there are), minutes, seconds, and microseconds where there are some.</summary>
    public static void WriteTime(this IBufferWriter<byte> target, long microseconds)
    {
        var seconds = Math.DivRem(microseconds, 1_000_000, out var fraction);
        target.WriteDigits(seconds / 3600, 2);
        target.WriteByte((byte)':');
        target.WriteDigits(seconds / 60 % 60, 2);
        target.WriteByte((byte)':');
        target.WriteDigits(seconds % 60, 2);
        if (fraction == 0) return;
        target.WriteByte((byte)'.');
        var digits = 6;
        for (; fraction % 10 == 0; fraction /= 10) digits--;
        target.WriteDigits(fraction, digits);
    }
}
