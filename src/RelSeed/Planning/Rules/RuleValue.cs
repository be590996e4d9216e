using System.Globalization;
using RelSeed.Configuration;
using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A value of a rule as an expression sees it.</summary>
static class RuleValue
{
    /// <param name="value">Canonical text of the column's type.</param>
    public static SqlValue ToSql(string value, Column column, Dialect dialect)
    {
        var type = column.Type;
        return type.Lane switch
        {
            Lane.Int64 when CanonicalText.ParseInt64(value, type) is { } number => Integer(number, value, type, dialect),
            Lane.Float64 when CanonicalText.ParseFloat64(value) is { } number => SqlValue.Double(number),
            Lane.Uuid when dialect != Dialect.Sqlite && Guid.TryParse(value, out var uuid) => SqlValue.Uuid(uuid),
            Lane.Uuid => SqlValue.Text(value),
            Lane.Bytes when type.Kind.IsText() => column.IsCaseInsensitive ? SqlValue.CaseInsensitiveText(value) : SqlValue.Text(value),
            _ => SqlValue.NotEvaluable("a value of a rule"),
        };
    }

    static SqlValue Integer(long number, string value, ColumnType type, Dialect dialect) => type.Kind switch
    {
        TypeKind.Boolean => dialect == Dialect.Sqlite ? SqlValue.Integer(number) : SqlValue.Boolean(number != 0),
        TypeKind.Enum => SqlValue.Text(value),
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => SqlValue.Integer(number),
        TypeKind.Decimal or TypeKind.Money when decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) =>
            dialect == Dialect.Sqlite ? SqliteSemantics.AffinityOf(type.Name) == Affinity.Text ? SqlValue.Text(value) : SqlValue.Double((double)exact)
                : SqlValue.Decimal(exact),
        _ when dialect == Dialect.Sqlite => SqlValue.Text(CanonicalText.Format(number, type)),
        TypeKind.Date => SqlValue.Date(number),
        TypeKind.Time or TypeKind.TimeTz => SqlValue.Time(number),
        TypeKind.Timestamp => SqlValue.Timestamp(number),
        TypeKind.TimestampTz => SqlValue.TimestampTz(number),
        _ => SqlValue.NotEvaluable("a value of a rule"),
    };
}

/// <summary>The interval of a rule in the unit in which its column counts.</summary>
/// <param name="Min">Integer lanes: the lane's unit. Floating lanes and numbers as text: integers of 10^-Decimals. Instants as text:
/// microseconds.</param>
/// <param name="Max">Included.</param>
/// <param name="Form">How an instant is written as text; null for everything else.</param>
sealed record RuleInterval(long Min, long Max, int Decimals, TemporalForm? Form)
{
    const int FewestDecimals = 2, MostDecimals = 9;

    /// <returns>Null when the ends are none of the type, or in the wrong order.</returns>
    public static RuleInterval? Of(BetweenRule rule, ColumnType type) =>
        Ends(rule, type) is { } interval && interval.Min <= interval.Max ? interval : null;

    static RuleInterval? Ends(BetweenRule rule, ColumnType type)
    {
        if (type.Lane == Lane.Int64)
            return CanonicalText.ParseInt64(rule.Min, type) is { } min && CanonicalText.ParseInt64(rule.Max, type) is { } max
                ? new(min, max, type.ScaleOf(), null) : null;
        if (Number(rule.Min) is { } low && Number(rule.Max) is { } high && (type.Lane == Lane.Float64 || type.Kind.IsText()))
        {
            var decimals = Math.Clamp(Math.Max(low.Scale, high.Scale), type.Lane == Lane.Float64 ? FewestDecimals : 0, MostDecimals);
            var unit = (decimal)Numerics.StableMath.PowerOfTen(decimals);
            return Math.Max(Math.Abs(low), Math.Abs(high)) < long.MaxValue / unit / 2
                ? new((long)(low * unit), (long)(high * unit), decimals, null) : null;
        }
        if (!type.Kind.IsText() || Instant(rule.Min) is not { } from || Instant(rule.Max) is not { } to) return null;
        return new(from, to, 0, rule.Min.Contains(':') || rule.Max.Contains(':') ? TemporalForm.InstantText : TemporalForm.DateText);
    }

    static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    static long? Instant(string text) => CanonicalText.ParseInt64(text, new ColumnType { Kind = TypeKind.Timestamp, Name = "" });
}
