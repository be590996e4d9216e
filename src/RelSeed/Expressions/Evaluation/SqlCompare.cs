using System.Text.Json;

namespace RelSeed.Expressions;

/// <summary>Order and equality of two values, as the dialects agree on them; what depends on a collation is not answered.</summary>
public static class SqlCompare
{
    /// <summary>Negative, 0 or positive as SQL orders the two; null when either is NULL or the kinds do not compare here.</summary>
    /// <remarks>Text is ordered by code point, which is right for PostgreSQL's C collation and SQLite's BINARY only.</remarks>
    public static int? Order(SqlValue left, SqlValue right) => (left.Kind, right.Kind) switch
    {
        (SqlKind.Integer, SqlKind.Integer) => left.AsInteger.CompareTo(right.AsInteger),
        (SqlKind.Boolean, SqlKind.Boolean) => left.AsInteger.CompareTo(right.AsInteger),
        (SqlKind.Null, _) or (_, SqlKind.Null) or (SqlKind.NotEvaluable, _) or (_, SqlKind.NotEvaluable) => null,
        _ when left.IsNumber && right.IsNumber => OrderNumbers(left, right),
        (SqlKind.CaseInsensitiveText, _) or (_, SqlKind.CaseInsensitiveText) when left.IsText && right.IsText =>
            OrderText(left.AsText.ToLowerInvariant(), right.AsText.ToLowerInvariant()),
        (SqlKind.Text, SqlKind.Text) or (SqlKind.Bits, SqlKind.Bits) => OrderText(left.AsText, right.AsText),
        (SqlKind.Label, SqlKind.Label or SqlKind.Text) or (SqlKind.Text, SqlKind.Label) => left.AsText == right.AsText ? 0 : null,
        (SqlKind.Date or SqlKind.Timestamp or SqlKind.TimestampTz, SqlKind.Date or SqlKind.Timestamp or SqlKind.TimestampTz) =>
            Microseconds(left).CompareTo(Microseconds(right)),
        (SqlKind.Time, SqlKind.Time) => left.AsInteger.CompareTo(right.AsInteger),
        (SqlKind.Interval, SqlKind.Interval) => Span(left).CompareTo(Span(right)),
        (SqlKind.Bytes, SqlKind.Bytes) => left.AsBytes.AsSpan().SequenceCompareTo(right.AsBytes),
        (SqlKind.Network, SqlKind.Network) => NetworkFunctions.Order(left.AsInteger, right.AsInteger),
        (SqlKind.Uuid, SqlKind.Uuid) => left.AsUuid.CompareTo(right.AsUuid),
        _ => null,
    };

    /// <summary>Whether the two are equal: TRUE, FALSE, NULL, or not evaluable.</summary>
    public static SqlValue Equal(SqlValue left, SqlValue right)
    {
        if (!left.IsEvaluable) return left;
        if (!right.IsEvaluable) return right;
        if (left.IsNull || right.IsNull) return SqlValue.Null;
        return (left.Kind, right.Kind) switch
        {
            (SqlKind.Text or SqlKind.Label, SqlKind.Text or SqlKind.Label) => SqlValue.Boolean(left.AsText == right.AsText),
            (SqlKind.Json, SqlKind.Json) => SqlValue.Boolean(JsonElement.DeepEquals(left.AsJson, right.AsJson)),
            (SqlKind.Range, SqlKind.Range) => EqualRanges(left.AsRange, right.AsRange),
            (SqlKind.Row, SqlKind.Row) => EqualItems(left.Items, right.Items, nullsAreUnknown: true),
            (SqlKind.Array, SqlKind.Array) => EqualItems(left.Items, right.Items, nullsAreUnknown: false),
            _ => Order(left, right) is { } order ? SqlValue.Boolean(order == 0) : Mismatch(left, right),
        };
    }

    internal static SqlValue Mismatch(SqlValue left, SqlValue right) => SqlValue.NotEvaluable($"{left.Kind} and {right.Kind} are not compared");

    static SqlValue EqualRanges(SqlRange left, SqlRange right)
    {
        if (left.IsEmpty || right.IsEmpty) return SqlValue.Boolean(left.IsEmpty && right.IsEmpty);
        return SqlValue.Boolean(left.LowerInclusive == right.LowerInclusive && left.UpperInclusive == right.UpperInclusive
            && SameBound(left.Lower, right.Lower) && SameBound(left.Upper, right.Upper));
    }

    static bool SameBound(SqlValue left, SqlValue right) => left.IsNull ? right.IsNull : Order(left, right) == 0;

    static SqlValue EqualItems(IReadOnlyList<SqlValue> left, IReadOnlyList<SqlValue> right, bool nullsAreUnknown)
    {
        if (left.Count != right.Count) return nullsAreUnknown ? SqlValue.Error("rows of different lengths") : SqlValue.False;
        var result = SqlValue.True;
        for (var i = 0; i < left.Count; i++)
        {
            var equal = !nullsAreUnknown && (left[i].IsNull || right[i].IsNull)
                ? SqlValue.Boolean(left[i].IsNull && right[i].IsNull)
                : Equal(left[i], right[i]);
            if (equal.IsFalse) return equal;
            if (!equal.IsTrue) result = equal;
        }
        return result;
    }

    static int OrderNumbers(SqlValue left, SqlValue right)
    {
        if (left.Kind == SqlKind.Double || right.Kind == SqlKind.Double) return OrderDoubles(left, right);
        return ToDecimal(left).CompareTo(ToDecimal(right));
    }

    /// <summary>NaN is equal to itself and above all else.</summary>
    static int OrderDoubles(SqlValue left, SqlValue right)
    {
        var (a, b) = (ToDouble(left), ToDouble(right));
        if (double.IsNaN(a) || double.IsNaN(b)) return double.IsNaN(a).CompareTo(double.IsNaN(b));
        return a.CompareTo(b);
    }

    internal static decimal ToDecimal(SqlValue value) => value.Kind == SqlKind.Integer ? value.AsInteger : value.AsDecimal;

    internal static double ToDouble(SqlValue value) => value.Kind switch
    {
        SqlKind.Integer or SqlKind.Boolean => value.AsInteger,
        SqlKind.Decimal => (double)value.AsDecimal,
        _ => value.AsDouble,
    };

    /// <summary>By code point: surrogates after the rest of the basic plane.</summary>
    internal static int OrderText(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length) return left.Length.CompareTo(right.Length);
        var (a, b) = (left[same], right[same]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }

    static Int128 Microseconds(SqlValue value) => Math.Abs(value.AsInteger) == SqlValue.Infinity
        ? value.AsInteger < 0 ? Int128.MinValue : Int128.MaxValue
        : value.Kind == SqlKind.Date ? (Int128)value.AsInteger * SqlTime.Day : value.AsInteger;

    /// <summary>A month counts 30 days and a day 24 hours, as PostgreSQL compares intervals.</summary>
    internal static Int128 Span(SqlValue interval) => ((Int128)interval.Months * 30 + interval.Days) * SqlTime.Day + interval.AsInteger;
}
