using System.Globalization;
using static RelSeed.Expressions.ScalarFunction;

namespace RelSeed.Expressions;

/// <summary>SQLite's date(), time(), datetime() and strftime(), without modifiers.</summary>
static class SqliteTimeFunctions
{
    static readonly string[] Clocks = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFF"];

    public static readonly IEnumerable<KeyValuePair<string, ScalarFunction>> All =
    [
        Strict("date", 0, 1, static (a, c) => On(a, c, static t => t.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        Strict("time", 0, 1, static (a, c) => On(a, c, static t => t.ToString("HH:mm:ss", CultureInfo.InvariantCulture))),
        Strict("datetime", 0, 1, static (a, c) => On(a, c, static t => t.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))),
        Strict("current_date", 0, static (a, c) => On(a, c, static t => t.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        Strict("current_time", 0, static (a, c) => On(a, c, static t => t.ToString("HH:mm:ss", CultureInfo.InvariantCulture))),
        Strict("current_timestamp", 0, static (a, c) => On(a, c, static t => t.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))),
        Strict("unixepoch", 0, 1,
            static (a, c) => Read(a, c, out var instant) is { } fault ? fault : SqlValue.Integer(SqlTime.FromDateTime(instant) / SqlTime.Second)),
        Strict("strftime", 1, 2, static (a, c) => Format(a, c)),
    ];

    static SqlValue On(ReadOnlySpan<SqlValue> arguments, EvaluationContext context, Func<DateTime, string> print) =>
        Read(arguments, context, out var instant) is { } fault ? fault : SqlValue.Text(print(instant));

    /// <summary>The instant of the first argument; else what the function returns instead: NULL for a text that is no time.</summary>
    static SqlValue? Read(ReadOnlySpan<SqlValue> arguments, EvaluationContext context, out DateTime instant)
    {
        instant = SqlTime.ToDateTime(context.AsOfMicroseconds)!.Value;
        if (arguments.IsEmpty || arguments[0].IsText && arguments[0].AsText.Equals("now", StringComparison.OrdinalIgnoreCase)) return null;
        if (!arguments[0].IsText) return SqlValue.NotEvaluable("a Julian day is not read");
        var text = arguments[0].AsText.TrimEnd();
        if (text.Length is > 0 and < 10 && text.Contains(':', StringComparison.Ordinal) || text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10)
            return SqlValue.NotEvaluable("a time of this form is not read");
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) return SqlValue.NotEvaluable("a Julian day is not read");
        if (!TryRead(text, out instant)) return SqlValue.Null;
        return instant.Day == int.Parse(text.AsSpan(8, 2), CultureInfo.InvariantCulture) ? null
            : SqlValue.NotEvaluable("a day that its month does not have");
    }

    /// <summary>Days up to 31 are read in any month; what becomes of them depends on SQLite's version.</summary>
    static bool TryRead(string text, out DateTime instant)
    {
        instant = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-' || text.Length > 10 && text[10] is not (' ' or 'T')) return false;
        if (!Digits(text.AsSpan(0, 4), out var year) || !Digits(text.AsSpan(5, 2), out var month) || !Digits(text.AsSpan(8, 2), out var day))
            return false;
        if (year == 0 || month is < 1 or > 12 || day is < 1 or > 31 || year == 9999) return false;
        instant = new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day - 1);
        if (text.Length == 10) return true;
        if (!TimeOnly.TryParseExact(text.AsSpan(11).TrimStart(), Clocks, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
            return false;
        instant += clock.ToTimeSpan();
        return true;
    }

    static bool Digits(ReadOnlySpan<char> text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    static SqlValue Format(ReadOnlySpan<SqlValue> arguments, EvaluationContext context)
    {
        if (!arguments[0].IsText) return SqlValue.NotEvaluable("strftime without a text");
        if (Read(arguments[1..], context, out var instant) is { } fault) return fault;
        var result = new System.Text.StringBuilder();
        var format = arguments[0].AsText;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%') result.Append(format[i]);
            else if (++i < format.Length && Part(format[i], instant) is { } part) result.Append(part);
            else return SqlValue.NotEvaluable("a strftime format that is not read");
        }
        return SqlValue.Text(result.ToString());
    }

    static string? Part(char field, DateTime instant) => field switch
    {
        'Y' => instant.ToString("yyyy", CultureInfo.InvariantCulture),
        'm' => instant.ToString("MM", CultureInfo.InvariantCulture),
        'd' => instant.ToString("dd", CultureInfo.InvariantCulture),
        'H' => instant.ToString("HH", CultureInfo.InvariantCulture),
        'M' => instant.ToString("mm", CultureInfo.InvariantCulture),
        'S' => instant.ToString("ss", CultureInfo.InvariantCulture),
        's' => (SqlTime.FromDateTime(instant) / SqlTime.Second).ToString(CultureInfo.InvariantCulture),
        'j' => instant.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'w' => ((int)instant.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        '%' => "%",
        _ => null,
    };
}
