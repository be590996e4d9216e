using System.Text;
using static RelSeed.Expressions.ScalarFunction;

namespace RelSeed.Expressions;

/// <summary>SQLite's scalar functions.</summary>
static class SqliteFunctions
{
    public static readonly IEnumerable<KeyValuePair<string, ScalarFunction>> All =
    [
        Lenient("typeof", 1, 1, static (a, _) => SqlValue.Text(TypeOf(a[0]))),
        Strict("length", 1, static (a, _) => Length(a[0])),
        Strict("octet_length", 1, static (a, _) => a[0].Kind == SqlKind.Bytes ? SqlValue.Integer(a[0].AsBytes.Length)
            : OnText(a[0], static t => SqlValue.Integer(Encoding.UTF8.GetByteCount(t)))),
        Strict("lower", 1, static (a, _) => OnText(a[0], static t => SqlValue.Text(SqliteSemantics.AsciiLower(t)))),
        Strict("upper", 1, static (a, _) =>
            OnText(a[0], static t => SqlValue.Text(string.Concat(t.Select(c => char.IsAsciiLetterLower(c) ? (char)(c & ~0x20) : c))))),
        Strict("btrim", 1, 2, static (a, _) => Trim(a, static (t, set) => t.Trim(set))),
        Strict("ltrim", 1, 2, static (a, _) => Trim(a, static (t, set) => t.TrimStart(set))),
        Strict("rtrim", 1, 2, static (a, _) => Trim(a, static (t, set) => t.TrimEnd(set))),
        Strict("substr", 2, 3, static (a, _) => Substring(a)),
        Strict("substring", 2, 3, static (a, _) => Substring(a)),
        Strict("replace", 3, static (a, _) => Replace(a)),
        Strict("instr", 2, static (a, _) => Position(a[0], a[1])),
        Strict("unicode", 1,
            static (a, _) => OnText(a[0], static t => t.Length == 0 ? SqlValue.Null : SqlValue.Integer(t.EnumerateRunes().First().Value))),
        Strict("hex", 1, static (a, _) => a[0].Kind == SqlKind.Bytes ? SqlValue.Text(Convert.ToHexString(a[0].AsBytes))
            : OnText(a[0], static t => SqlValue.Text(Convert.ToHexString(Encoding.UTF8.GetBytes(t))))),
        Strict("abs", 1, static (a, _) => SqlArithmetic.Abs(SqliteSemantics.Number(a[0]))),
        Strict("sign", 1, static (a, _) => SqliteSemantics.Number(a[0]) is { IsNumber: true } n && !a[0].IsText
            ? SqlValue.Integer(Math.Sign(SqlCompare.ToDouble(n))) : Unknown),
        Strict("round", 1, 2, static (a, _) => Round(a)),
        Strict("min", 2, 100, static (a, _) => Extreme(a, -1)),
        Strict("max", 2, 100, static (a, _) => Extreme(a, 1)),
        Lenient("json_valid", 1, 1,
            static (a, _) => a[0].IsNull ? a[0] : OnText(a[0], static t => SqlValue.Integer(JsonFunctions.TryParse(t) is null ? 0 : 1))),
        Strict("json_type", 1, 2, static (a, _) => JsonType(a)),
        Strict("json_array_length", 1, 2, static (a, _) => JsonLength(a)),
        Strict("json_extract", 2, static (a, _) => SqliteSemantics.TextOf(a[0]) is { } json && SqliteSemantics.TextOf(a[1]) is { } path
            ? JsonFunctions.SqliteExtract(json, path) : Unknown),
        .. SqliteTimeFunctions.All,
    ];

    static SqlValue Unknown => SqlValue.NotEvaluable("a function that is not evaluated on these values");

    static SqlValue OnText(SqlValue value, Func<string, SqlValue> apply) => SqliteSemantics.TextOf(value) is { } text ? apply(text) : Unknown;

    static string TypeOf(SqlValue value) => value.Kind switch
    {
        SqlKind.Null => "null",
        SqlKind.Integer or SqlKind.Boolean => "integer",
        SqlKind.Double or SqlKind.Decimal => "real",
        SqlKind.Bytes => "blob",
        _ => "text",
    };

    /// <summary>A text ends for length() at its first NUL.</summary>
    static SqlValue Length(SqlValue value) => value.Kind == SqlKind.Bytes
        ? SqlValue.Integer(value.AsBytes.Length)
        : OnText(value,
        static t => SqlValue.Integer(TextFunctions.CharacterCount(t.IndexOf('\0', StringComparison.Ordinal) is var end and >= 0 ? t[..end] : t)));

    static SqlValue Trim(ReadOnlySpan<SqlValue> arguments, Func<string, char[], string> trim)
    {
        var set = arguments.Length > 1 ? SqliteSemantics.TextOf(arguments[1])?.ToCharArray() : [' '];
        if (set is null || set.Any(char.IsSurrogate)) return Unknown;
        return OnText(arguments[0], t => SqlValue.Text(set.Length == 0 ? t : trim(t, set)));
    }

    /// <summary>A start below 0 counts from the end, a length below 0 goes leftwards.</summary>
    static SqlValue Substring(ReadOnlySpan<SqlValue> arguments)
    {
        if (arguments[1].Kind != SqlKind.Integer || (arguments.Length > 2 && arguments[2].Kind != SqlKind.Integer)) return Unknown;
        var hasLength = arguments.Length > 2;
        var (start, length) = (arguments[1].AsInteger, hasLength ? arguments[2].AsInteger : int.MaxValue);
        if (Math.Abs((decimal)start) > int.MaxValue || length < 0 || length > int.MaxValue) return Unknown;
        if (start == 0 && hasLength) length = Math.Max(0, length - 1);
        if (arguments[0] is { Kind: SqlKind.Bytes, AsBytes: var bytes }) return SqlValue.Bytes(bytes.AsMemory(Part(bytes.Length, start, length)));
        return OnText(arguments[0], text => text.Any(char.IsSurrogate) ? Unknown : SqlValue.Text(text[Part(text.Length, start, length)]));
    }

    // Places count from 1, and from the end where they are negative.
    static Range Part(int size, long start, long length)
    {
        var from = start > 0 ? start - 1 : start < 0 ? size + start : 0;
        if (from < 0) (from, length) = (0, Math.Max(0, length + from));
        return from >= size ? 0..0 : (int)from..(int)(from + Math.Min(length, size - from));
    }

    static SqlValue Replace(ReadOnlySpan<SqlValue> arguments)
    {
        if (SqliteSemantics.TextOf(arguments[1]) is not { } from || SqliteSemantics.TextOf(arguments[2]) is not { } to || to.Length > 1000)
            return Unknown;
        return OnText(arguments[0], t => SqlValue.Text(from.Length == 0 ? t : t.Replace(from, to)));
    }

    static SqlValue Position(SqlValue text, SqlValue part)
    {
        if (text.Kind == SqlKind.Bytes || part.Kind == SqlKind.Bytes || SqliteSemantics.TextOf(part) is not { } wanted) return Unknown;
        return OnText(text, t => t.IndexOf(wanted, StringComparison.Ordinal) is var index && index < 0 ? SqlValue.Integer(0)
            : SqlValue.Integer(TextFunctions.CharacterCount(t[..index]) + 1));
    }

    static SqlValue Round(ReadOnlySpan<SqlValue> arguments)
    {
        var number = SqliteSemantics.Number(arguments[0]);
        var digits = arguments.Length > 1 ? SqliteSemantics.Number(arguments[1]) : SqlValue.Integer(0);
        if (!number.IsNumber || digits.Kind != SqlKind.Integer) return Unknown;
        if (number.Kind == SqlKind.Integer) return SqlValue.Double(number.AsInteger);
        var value = number.AsDouble;
        if (Math.Abs(value) > 4503599627370496.0) return number;
        return digits.AsInteger <= 0 ? SqlValue.Double(Math.Truncate(value + (value < 0 ? -0.5 : 0.5))) : Unknown;
    }

    static SqlValue Extreme(ReadOnlySpan<SqlValue> arguments, int sign)
    {
        var best = arguments[0];
        foreach (var argument in arguments[1..])
        {
            if (SqliteSemantics.Compare(argument, Affinity.None, best, Affinity.None) is not { } order) return Unknown;
            if (order * sign > 0) best = argument;
        }
        return best;
    }

    static SqlValue JsonType(ReadOnlySpan<SqlValue> arguments)
    {
        var path = arguments.Length > 1 ? SqliteSemantics.TextOf(arguments[1]) : "$";
        return OnText(arguments[0], text => JsonFunctions.TryParse(text) is not { } json ? SqlValue.NotEvaluable("a value is no strict JSON")
            : path is null || !JsonPath.Find(json, path, out var found) ? Unknown
            : found is { } value ? SqlValue.Text(JsonFunctions.SqliteTypeOf(value)) : SqlValue.Null);
    }

    static SqlValue JsonLength(ReadOnlySpan<SqlValue> arguments)
    {
        var path = arguments.Length > 1 ? SqliteSemantics.TextOf(arguments[1]) : "$";
        return OnText(arguments[0], text => JsonFunctions.TryParse(text) is not { } json ? SqlValue.NotEvaluable("a value is no strict JSON")
            : path is null || !JsonPath.Find(json, path, out var found) ? Unknown
            : found is { } value ? SqlValue.Integer(value.ValueKind == System.Text.Json.JsonValueKind.Array ? value.GetArrayLength() : 0)
            : SqlValue.Null);
    }
}
