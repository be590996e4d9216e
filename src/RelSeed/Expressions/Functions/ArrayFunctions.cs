using static RelSeed.Expressions.ScalarFunction;

namespace RelSeed.Expressions;

/// <summary>PostgreSQL's functions on arrays of one dimension.</summary>
static class ArrayFunctions
{
    public static readonly KeyValuePair<string, ScalarFunction>[] PostgreSql =
    [
        Strict("cardinality", 1, static (a, _) => OnFlat(a[0], static items => SqlValue.Integer(items.Count))),
        Strict("array_length", 2, static (a, _) => Bound(a, static n => n)),
        Strict("array_upper", 2, static (a, _) => Bound(a, static n => n)),
        Strict("array_lower", 2, static (a, _) => Bound(a, static _ => 1)),
        Strict("array_ndims", 1, static (a, _) => OnFlat(a[0], static items => items.Count == 0 ? SqlValue.Null : SqlValue.Integer(1))),
        Lenient("array_position", 2, 2, static (a, _) => a[0].IsNull ? a[0] : Position(a[0], a[1])),
        Lenient("array_to_string", 2, 2, static (a, _) => a[0].IsNull || a[1].IsNull ? SqlValue.Null : OnFlat(a[0], Join(a[1].AsText))),
        Lenient("string_to_array", 2, 2, static (a, _) => a[0].IsNull ? a[0] : Split(a[0], a[1])),
        Lenient("array_remove", 2, 2, static (a, _) => a[0].IsNull ? a[0] : Remove(a[0], a[1])),
    ];

    static SqlValue OnFlat(SqlValue array, Func<IReadOnlyList<SqlValue>, SqlValue> apply) =>
        array.Kind != SqlKind.Array || array.Items.Any(i => i.Kind == SqlKind.Array)
            ? SqlValue.NotEvaluable("only arrays of one dimension are looked into") : apply(array.Items);

    static SqlValue Bound(ReadOnlySpan<SqlValue> arguments, Func<int, int> bound)
    {
        var dimension = arguments[1];
        return OnFlat(arguments[0], items => dimension.Kind != SqlKind.Integer ? SqlValue.NotEvaluable("no dimension")
            : dimension.AsInteger != 1 || items.Count == 0 ? SqlValue.Null : SqlValue.Integer(bound(items.Count)));
    }

    static SqlValue Same(SqlValue left, SqlValue right) =>
        left.IsNull || right.IsNull ? SqlValue.Boolean(left.IsNull && right.IsNull) : SqlCompare.Equal(left, right);

    static SqlValue Position(SqlValue array, SqlValue item) => OnFlat(array, items =>
    {
        for (var i = 0; i < items.Count; i++)
        {
            var same = Same(items[i], item);
            if (!same.IsEvaluable) return same;
            if (same.IsTrue) return SqlValue.Integer(i + 1);
        }
        return SqlValue.Null;
    });

    static SqlValue Remove(SqlValue array, SqlValue item) => OnFlat(array, items =>
    {
        var kept = new List<SqlValue>();
        foreach (var candidate in items)
        {
            var same = Same(candidate, item);
            if (!same.IsEvaluable) return same;
            if (!same.IsTrue) kept.Add(candidate);
        }
        return SqlValue.Array(kept);
    });

    static Func<IReadOnlyList<SqlValue>, SqlValue> Join(string separator) => items =>
    {
        var texts = items.Where(i => !i.IsNull).Select(SqlCast.ToText).ToArray();
        return texts.All(t => t.IsText) ? SqlValue.Text(string.Join(separator, texts)) : SqlValue.NotEvaluable("these items have no certain text");
    };

    static SqlValue Split(SqlValue text, SqlValue separator)
    {
        if (!text.IsText || !separator.IsText || separator.AsText.Length == 0) return SqlValue.NotEvaluable("this split is not evaluated");
        return SqlValue.Array(text.AsText.Length == 0 ? [] : [.. text.AsText.Split(separator.AsText).Select(SqlValue.Text)]);
    }
}
