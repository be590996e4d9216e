using static RelSeed.Expressions.ScalarFunction;

namespace RelSeed.Expressions;

/// <summary>PostgreSQL's ranges: their functions, constructors and text.</summary>
static class RangeFunctions
{
    static readonly SqlValue Disordered = SqlValue.Error("a range's lower bound is above its upper");

    public static readonly KeyValuePair<string, ScalarFunction>[] PostgreSql =
    [
        Strict("isempty", 1, static (a, _) => On(a[0], static r => SqlValue.Boolean(r.IsEmpty))),
        Strict("lower_inc", 1, static (a, _) => On(a[0], static r => SqlValue.Boolean(r.LowerInclusive))),
        Strict("upper_inc", 1, static (a, _) => On(a[0], static r => SqlValue.Boolean(r.UpperInclusive))),
        Strict("lower_inf", 1, static (a, _) => On(a[0], static r => SqlValue.Boolean(!r.IsEmpty && r.Lower.IsNull))),
        Strict("upper_inf", 1, static (a, _) => On(a[0], static r => SqlValue.Boolean(!r.IsEmpty && r.Upper.IsNull))),
        .. new[] { "int4range", "int8range", "numrange", "daterange", "tsrange",
        "tstzrange" }.Select(n => Lenient(n, 2, 3, static (a, _) => Make(a))),
    ];

    static SqlValue On(SqlValue value, Func<SqlRange, SqlValue> apply) =>
        value.Kind == SqlKind.Range ? apply(value.AsRange) : SqlValue.NotEvaluable("a range function on no range");

    /// <summary>NULL for an empty range, and where there is no bound.</summary>
    public static SqlValue Bound(SqlRange range, bool isLower) => range.IsEmpty ? SqlValue.Null : isLower ? range.Lower : range.Upper;

    static SqlValue Make(ReadOnlySpan<SqlValue> arguments)
    {
        var flags = arguments.Length > 2 ? arguments[2].IsText ? arguments[2].AsText : "" : "[)";
        if (flags is not ("[)" or "[]" or "()" or "(]")) return SqlValue.Error("wrong range flags");
        return Build(arguments[0], arguments[1], flags);
    }

    static SqlValue Build(SqlValue lower, SqlValue upper, string flags) =>
        SqlRange.Create(lower, upper, flags[0] == '[', flags[1] == ']') is { } range ? SqlValue.Range(range) : Disordered;

    public static SqlValue Parse(string text, string type) => Parse(text, new TypeName(type switch
    {
        "int4range" => "integer",
        "int8range" => "bigint",
        "numrange" => "numeric",
        "daterange" => "date",
        "tsrange" => "timestamp without time zone",
        _ => "timestamp with time zone",
    }));

    /// <summary>Reads an untyped literal as the kind of range it is compared with.</summary>
    public static SqlValue ParseLike(string text, SqlRange other) =>
        Parse(text, new TypeName((other.Lower.IsNull ? other.Upper : other.Lower).Kind switch
        {
            SqlKind.Integer => "bigint",
            SqlKind.Decimal => "numeric",
            SqlKind.Date => "date",
            SqlKind.Timestamp => "timestamp without time zone",
            SqlKind.TimestampTz => "timestamp with time zone",
            _ => "unknown range",
        }));

    static SqlValue Parse(string text, TypeName element)
    {
        text = text.Trim();
        if (text.Equals("empty", StringComparison.OrdinalIgnoreCase)) return SqlValue.Range(SqlRange.Empty);
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (text.Length < 3 || text[0] is not ('[' or '(') || text[^1] is not (']' or ')') || comma < 0) return SqlValue.Error("a value is no range");
        var (lower, upper) = (BoundOf(text[1..comma], element), BoundOf(text[(comma + 1)..^1], element));
        return !lower.IsEvaluable ? lower : !upper.IsEvaluable ? upper : Build(lower, upper, $"{text[0]}{text[^1]}");
    }

    static readonly EvaluationContext Fixed = new(Dialect.PostgreSql, DateTimeOffset.UnixEpoch);

    static SqlValue BoundOf(string text, TypeName element) =>
        text.Length == 0 ? SqlValue.Null : SqlCast.To(SqlValue.Text(text.Trim('"')), element, Fixed, isLiteral: false);
}
