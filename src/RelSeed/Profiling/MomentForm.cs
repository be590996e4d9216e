using System.Globalization;
using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Profiling;

/// <summary>How dates, moments and times of day are written in a column of text: <c>yyyy-MM-dd HH:mm:ss</c>. On the axis they are seconds since 1970, or
/// since midnight, where hours may go on beyond a day.</summary>
sealed class MomentForm
{
    const int LongestText = 40, MostHours = 47, SecondsADay = 86_400;

    static readonly string[] Dates =
        ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "MM/dd/yyyy", "dd/MM/yyyy", "M/d/yyyy", "d/M/yyyy", "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy", "MM-dd-yyyy"];

    static readonly string[] Times = ["HH:mm", "HH:mm:ss", "H:mm", "H:mm:ss", "HH:mm:ss.fff", "HH:mm:ss.ffffff", "HH:mm:ss.fffffff"];

    static readonly string[] Zones = ["", "Z", "+00", "+00:00", " UTC"];

    readonly List<(char Token, int Width)> _parts = [];
    readonly int _fraction;

    MomentForm(string text)
    {
        Text = text;
        for (int start = 0, end; start < text.Length; start = end)
        {
            for (end = start + 1; char.IsLetter(text[start]) && IsToken(text, start) && end < text.Length && text[end] == text[start]; end++) { }
            _parts.Add(IsToken(text, start) ? (text[start], end - start) : (text[start], 0));
        }
        _fraction = text.Count(c => c == 'f');
        Kind = !text.Contains('y', StringComparison.Ordinal) ? TypeKind.Time : text.Contains('m', StringComparison.Ordinal) ? TypeKind.Timestamp : TypeKind.Date;
    }

    /// <summary>All that are known; what a column's texts are is the first that writes them as they stand.</summary>
    public static IReadOnlyList<MomentForm> All { get; } = [.. Forms().Select(f => new MomentForm(f))];

    public string Text { get; }
    public TypeKind Kind { get; }

    /// <summary>The first and last place on the axis that can be written: of the years 1 to 9999.</summary>
    public double Least => Kind == TypeKind.Time ? 0 : -62_135_596_800;

    public double Most => Kind == TypeKind.Time ? (MostHours + 1) * 3600 - 1 : 253_402_300_799;

    /// <summary>Characters, at most.</summary>
    public int Length => Text.Length + _parts.Count(p => p is { Width: 1 });

    /// <summary>Null for a form that is not known.</summary>
    public static MomentForm? Find(string? text) => All.FirstOrDefault(f => f.Text == text);

    static IEnumerable<string> Forms() =>
        Dates.Concat(Times).Concat(from date in Dates
                                   from between in new[] { " ", "T" }
                                   from time in Times
                                   from zone in Zones
                                   select $"{date}{between}{time}{zone}");

    // The letters between and behind are none: T, Z, UTC.
    static bool IsToken(string text, int at) => text[at] is 'y' or 'M' or 'd' or 'H' or 'm' or 's' or 'f';

    /// <summary>The text's place on the axis; null when it is not written so.</summary>
    public double? Read(ReadOnlySpan<char> text)
    {
        int year = 1970, month = 1, day = 1, at = 0;
        double hours = 0, minutes = 0, seconds = 0;
        foreach (var (token, width) in _parts)
        {
            if (width == 0)
            {
                if (at >= text.Length || text[at++] != token) return null;
                continue;
            }
            var digits = width == 1 && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) ? 2 : width;
            if (at + digits > text.Length || width == 1 && digits == 2 && text[at] == '0'
                || !int.TryParse(text.Slice(at, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            at += digits;
            switch (token)
            {
                case 'y': year = number; break;
                case 'M': month = number; break;
                case 'd': day = number; break;
                case 'H': hours = number; break;
                case 'm': minutes = number; break;
                case 's': seconds += number; break;
                default: seconds += (double)number / StableMath.PowerOfTen(width); break;
            }
        }
        if (at < text.Length || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || minutes > 59 || seconds >= 60
            || hours > (Kind == TypeKind.Time ? MostHours : 23)) return null;
        var days = Kind == TypeKind.Time ? 0 : (new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber);
        return (double)days * SecondsADay + hours * 3600 + minutes * 60 + seconds;
    }

    /// <summary>Writes a place on the axis, and tells the length.</summary>
    public int Write(double value, Span<byte> text)
    {
        var units = StableMath.PowerOfTen(_fraction);
        value = Math.Clamp(value, Least, Most);
        var days = Kind == TypeKind.Time ? 0 : (int)Math.Floor(value / SecondsADay);
        var ofDay = Math.Clamp((long)Math.Round((value - (double)days * SecondsADay) * units), 0, Kind == TypeKind.Time ? long.MaxValue : units * SecondsADay - 1);
        var date = new DateOnly(1970, 1, 1).AddDays(days);
        var (rest, second) = (ofDay % units, ofDay / units);
        var at = 0;
        foreach (var (token, width) in _parts)
        {
            if (width == 0)
            {
                text[at++] = (byte)token;
                continue;
            }
            var number = token switch { 'y' => date.Year, 'M' => date.Month, 'd' => date.Day, 'H' => second / 3600, 'm' => second / 60 % 60, 's' => second % 60, _ => rest };
            at += Digits(number, width, text[at..]);
        }
        return at;
    }

    static int Digits(long number, int width, Span<byte> text)
    {
        if (width == 1 && number > 9) width = 2;
        for (var digit = width - 1; digit >= 0; digit--, number /= 10) text[digit] = (byte)('0' + number % 10);
        return width;
    }

    /// <summary>How all of the texts are written; null where they are not alike, or may be read in two ways.</summary>
    public static MomentForm? Of(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0 || texts[0].Length is < 4 or > LongestText || !char.IsAsciiDigit(texts[0][0])) return null;
        MomentForm? found = null;
        Span<byte> written = stackalloc byte[2 * LongestText];
        foreach (var form in All)
        {
            if (form.Read(texts[0]) is null || !form.WritesAll(texts, written)) continue;
            if (found is null) found = form;
            // Where no month or day has one digit, either way of writing them is right; days and months must be told apart.
            else if (found.Read(texts[0]) != form.Read(texts[0]) || texts.Any(t => found.Read(t) != form.Read(t))) return null;
        }
        return found;
    }

    bool WritesAll(IReadOnlyList<string> texts, Span<byte> written)
    {
        Span<char> back = stackalloc char[written.Length];
        foreach (var text in texts)
        {
            if (text.Length > LongestText || Read(text) is not { } value) return false;
            var length = Write(value, written);
            if (length != text.Length) return false;
            for (var i = 0; i < length; i++) back[i] = (char)written[i];
            if (!text.AsSpan().SequenceEqual(back[..length])) return false;
        }
        return true;
    }
}
