using System.Globalization;
using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Writes conditions as both dialects read them.</summary>
static class ConditionText
{
    public static string Name(string column) => $"\"{column.Replace("\"", "\"\"")}\"";

    public static string IsNull(Column column, bool isNull) => $"{Name(column.Name)} IS {(isNull ? "" : "NOT ")}NULL";

    public static string In(Column column, IReadOnlyList<string> values, bool isNegated, Dialect dialect) => values.Count == 1
        ? $"{Name(column.Name)} {(isNegated ? "<>" : "=")} {Literal(values[0], column.Type, dialect)}"
        : $"{Name(column.Name)} {(isNegated ? "NOT " : "")}IN ({string.Join(", ", values.Select(v => Literal(v, column.Type, dialect)))})";

    public static string Bound(Column column, bool isLeast, decimal bound) =>
        $"{Name(column.Name)} {(isLeast ? ">=" : "<=")} {bound.ToString(CultureInfo.InvariantCulture)}";

    public static string Matches(Column column, string pattern) => $"{Name(column.Name)} ~ '{pattern}'";

    public static string Compare(Column left, string comparison, Column right) => $"{Name(left.Name)} {comparison} {Name(right.Name)}";

    static string Literal(string value, ColumnType type, Dialect dialect) => type.Kind switch
    {
        _ when type.Kind.IsNumeric() && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => value,
        TypeKind.Boolean when dialect == Dialect.PostgreSql => value is "1" or "t" or "true" ? "true" : "false",
        TypeKind.Boolean => value is "1" or "t" or "true" ? "1" : "0",
        _ => $"'{value.Replace("'", "''")}'",
    };
}
