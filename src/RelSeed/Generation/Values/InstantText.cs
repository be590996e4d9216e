using RelSeed.Planning;

namespace RelSeed.Generation;

/// <summary>Instants as text, written and read without allocation: 2024-05-17, 2024-05-17 13:45:10.</summary>
static class InstantText
{
    const int MaxLength = 19;

    public static void Append(BytesVector target, long micros, TemporalForm form)
    {
        var span = target.GetSpan(MaxLength);
        target.Advance(Write(span, micros, form));
        target.EndRow();
    }

    /// <summary>Writes and tells the length.</summary>
    /// <param name="micros">Of the years 1 to 9999.</param>
    public static int Write(Span<byte> span, long micros, TemporalForm form)
    {
        var day = InstantDraw.Floor(micros, TemporalForms.Day);
        var date = DateOnly.FromDayNumber((int)day + 719_162);
        Digits(span, 0, date.Year, 4);
        span[4] = span[7] = (byte)'-';
        Digits(span, 5, date.Month, 2);
        Digits(span, 8, date.Day, 2);
        if (form == TemporalForm.DateText) return 10;
        var seconds = (int)((micros - day * TemporalForms.Day) / TemporalForms.Second);
        span[10] = (byte)' ';
        span[13] = span[16] = (byte)':';
        Digits(span, 11, seconds / 3600, 2);
        Digits(span, 14, seconds / 60 % 60, 2);
        Digits(span, 17, seconds % 60, 2);
        return MaxLength;
    }

    /// <summary>Microseconds; long.MinValue when the text is no instant.</summary>
    public static long Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length < 10 || Number(text, 0, 4) is not (>= 1 and var year) || Number(text, 5, 2) is not (>= 1 and <= 12 and var month))
            return long.MinValue;
        var day = Number(text, 8, 2);
        if (day < 1 || day > DateTime.DaysInMonth(year, month)) return long.MinValue;
        var micros = (new DateOnly(year, month, day).DayNumber - 719_162) * TemporalForms.Day;
        return text.Length < MaxLength ? micros
            : micros + Number(text, 11, 2) * TemporalForms.Hour + Number(text, 14, 2) * TemporalForms.Minute
            + Number(text, 17, 2) * TemporalForms.Second;
    }

    static int Number(ReadOnlySpan<byte> text, int start, int count)
    {
        var value = 0;
        foreach (var c in text.Slice(start, count))
        {
            if (c is < (byte)'0' or > (byte)'9') return -1;
            value = value * 10 + c - '0';
        }
        return value;
    }

    static void Digits(Span<byte> span, int start, int value, int count)
    {
        for (var i = start + count - 1; i >= start; i--)
        {
            span[i] = (byte)('0' + value % 10);
            value /= 10;
        }
    }
}
