namespace RelSeed.Expressions;

/// <summary>Containment and overlap of ranges and arrays: @&gt;, &lt;@, &amp;&amp;, -|-, OVERLAPS.</summary>
static class Containment
{
    public static SqlValue Apply(string symbol, SqlValue left, SqlValue right)
    {
        if (symbol == "<@") (symbol, left, right) = ("@>", right, left);
        if (left.Kind == SqlKind.Array && right.Kind == SqlKind.Array)
            return symbol == "@>" ? ContainsAll(left, right) : symbol == "&&" ? ContainsAny(left, right) : Unknown;
        if (left.Kind != SqlKind.Range) return Unknown;
        if (symbol == "@>") return right.Kind == SqlKind.Range ? Contains(left.AsRange, right.AsRange) : ContainsValue(left.AsRange, right);
        if (right.Kind != SqlKind.Range) return Unknown;
        return symbol == "&&" ? Overlap(left.AsRange, right.AsRange) : Unknown;
    }

    static SqlValue Unknown => SqlValue.NotEvaluable("this containment is not evaluated");

    static SqlValue Found(IReadOnlyList<SqlValue> items, SqlValue item)
    {
        foreach (var candidate in items)
        {
            var same = SqlCompare.Equal(candidate, item);
            if (same.IsTrue || !same.IsEvaluable) return same;
        }
        return SqlValue.False;
    }

    static SqlValue ContainsAll(SqlValue array, SqlValue part)
    {
        foreach (var item in part.Items)
        {
            var found = Found(array.Items, item);
            if (!found.IsTrue) return found;
        }
        return SqlValue.True;
    }

    static SqlValue ContainsAny(SqlValue left, SqlValue right)
    {
        foreach (var item in right.Items)
        {
            var found = Found(left.Items, item);
            if (!found.IsFalse) return found;
        }
        return SqlValue.False;
    }

    static SqlValue ContainsValue(SqlRange range, SqlValue value)
    {
        if (range.IsEmpty) return SqlValue.False;
        var above = range.Lower.IsNull ? 1 : SqlCompare.Order(value, range.Lower);
        var below = range.Upper.IsNull ? -1 : SqlCompare.Order(value, range.Upper);
        return above is null || below is null
            ? Unknown
            : SqlValue.Boolean((above > 0 || above == 0 && range.LowerInclusive) && (below < 0 || below == 0 && range.UpperInclusive));
    }

    static SqlValue Contains(SqlRange outer, SqlRange inner)
    {
        if (inner.IsEmpty) return SqlValue.True;
        if (outer.IsEmpty) return SqlValue.False;
        return CompareLower(outer, inner) is { } low && CompareUpper(outer, inner) is { } high ? SqlValue.Boolean(low <= 0 && high >= 0) : Unknown;
    }

    static SqlValue Overlap(SqlRange left, SqlRange right)
    {
        if (left.IsEmpty || right.IsEmpty) return SqlValue.False;
        return Reaches(left, right) is { } a && Reaches(right, left) is { } b ? SqlValue.Boolean(a && b) : Unknown;
    }

    /// <summary>The one does not end before the other begins.</summary>
    static bool? Reaches(SqlRange left, SqlRange right)
    {
        if (left.Upper.IsNull || right.Lower.IsNull) return true;
        return SqlCompare.Order(left.Upper, right.Lower) is { } order ? order > 0 || order == 0 && left.UpperInclusive && right.LowerInclusive : null;
    }

    static int? CompareLower(SqlRange left, SqlRange right)
    {
        if (left.Lower.IsNull || right.Lower.IsNull) return right.Lower.IsNull.CompareTo(left.Lower.IsNull);
        return SqlCompare.Order(left.Lower, right.Lower) is { } order ? order != 0 ? order
            : right.LowerInclusive.CompareTo(left.LowerInclusive) : null;
    }

    static int? CompareUpper(SqlRange left, SqlRange right)
    {
        if (left.Upper.IsNull || right.Upper.IsNull) return left.Upper.IsNull.CompareTo(right.Upper.IsNull);
        return SqlCompare.Order(left.Upper, right.Upper) is { } order ? order != 0 ? order
            : left.UpperInclusive.CompareTo(right.UpperInclusive) : null;
    }

    /// <summary>(start, end) OVERLAPS (start, end), of instants without NULLs: half-open, but a point overlaps what holds it.</summary>
    public static SqlValue Overlaps(SqlValue left, SqlValue right)
    {
        if (left.Kind != SqlKind.Row || right.Kind != SqlKind.Row || left.Items.Count != 2 || right.Items.Count != 2) return Unknown;
        if (left.Items.Concat(right.Items).Any(v => v.IsNull || v.Kind == SqlKind.Interval)) return Unknown;
        if (SqlRange.Create(left.Items[0], left.Items[1], lowerInclusive: true, upperInclusive: false) is not { IsEmpty: false } a) return Unknown;
        return SqlRange.Create(right.Items[0], right.Items[1], lowerInclusive: true, upperInclusive: false) is { IsEmpty: false } b
            ? Overlap(a, b) : Unknown;
    }
}
