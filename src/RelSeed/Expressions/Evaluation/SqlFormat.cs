using System.Globalization;

namespace RelSeed.Expressions;

/// <summary>Values as text: plain, and as SQL literals.</summary>
static class SqlFormat
{
    public static string Print(SqlValue value) => value.Kind switch
    {
        SqlKind.Null => "NULL",
        SqlKind.NotEvaluable => $"not evaluable: {value.Reason}",
        SqlKind.Boolean => value.IsTrue ? "true" : "false",
        SqlKind.Integer => value.AsInteger.ToString(CultureInfo.InvariantCulture),
        SqlKind.Decimal => value.AsDecimal.ToString(CultureInfo.InvariantCulture),
        SqlKind.Double => value.AsDouble.ToString("R", CultureInfo.InvariantCulture),
        SqlKind.Text or SqlKind.CaseInsensitiveText or SqlKind.Label or SqlKind.Bits => value.AsText,
        SqlKind.Bytes => "\\x" + Convert.ToHexStringLower(value.AsBytes),
        SqlKind.Date => SqlTime.FormatDate(value.AsInteger),
        SqlKind.Time => SqlTime.FormatTime(value.AsInteger),
        SqlKind.Timestamp => SqlTime.FormatTimestamp(value.AsInteger),
        SqlKind.TimestampTz => SqlTime.FormatTimestamp(value.AsInteger) + (Math.Abs(value.AsInteger) == SqlValue.Infinity ? "" : "+00"),
        SqlKind.Interval => SqlTime.FormatInterval(value.Months, value.Days, value.AsInteger),
        SqlKind.Uuid => value.AsUuid.ToString(),
        SqlKind.Json => value.AsJson.GetRawText(),
        SqlKind.Array => $"{{{string.Join(',', value.Items)}}}",
        SqlKind.Row => $"({string.Join(',', value.Items)})",
        SqlKind.Network => NetworkFunctions.Print(value.AsInteger),
        _ => value.AsRange.ToString(),
    };

    public static string ToSql(SqlValue value) => value.Kind switch
    {
        SqlKind.Null => "NULL",
        SqlKind.Boolean => value.IsTrue ? "TRUE" : "FALSE",
        SqlKind.Integer or SqlKind.Decimal => Print(value),
        SqlKind.Text or SqlKind.Label => ExpressionPrinter.QuoteText(value.AsText),
        SqlKind.Bytes => $"X'{Convert.ToHexString(value.AsBytes)}'",
        SqlKind.Bits => $"B'{value.AsText}'",
        SqlKind.Array => $"ARRAY[{string.Join(", ", value.Items.Select(ToSql))}]",
        SqlKind.Row => $"ROW({string.Join(", ", value.Items.Select(ToSql))})",
        SqlKind.NotEvaluable or SqlKind.Range or SqlKind.Network => ExpressionPrinter.QuoteText(Print(value)),
        _ => $"CAST({ExpressionPrinter.QuoteText(Print(value))} AS {TypeOf(value.Kind)})",
    };

    static string TypeOf(SqlKind kind) => kind switch
    {
        SqlKind.Double => "double precision",
        SqlKind.CaseInsensitiveText => "citext",
        SqlKind.Time => "time without time zone",
        SqlKind.Timestamp => "timestamp without time zone",
        SqlKind.TimestampTz => "timestamp with time zone",
        SqlKind.Json => "jsonb",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
