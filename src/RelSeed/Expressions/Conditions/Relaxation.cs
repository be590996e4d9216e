namespace RelSeed.Expressions;

/// <summary>What a condition asks of some of its columns, whatever the others are: never more than the condition itself.</summary>
static class Relaxation
{
    /// <param name="condition">In normal form: NOT stands before no AND and no OR.</param>
    /// <param name="isKnown">Whether a column is one of those.</param>
    /// <returns>Null where it asks nothing of them.</returns>
    public static Expression? Of(Expression condition, Func<string, bool> isKnown)
    {
        if (condition is not Expression.Logical logical) return condition.ColumnNames().All(isKnown) ? condition : null;
        var parts = logical.Operands.Select(o => Of(o, isKnown)).ToList();
        if (!logical.IsAnd) return parts.Contains(null) ? null : Expression.Or([.. parts.OfType<Expression>()]);
        var asked = parts.OfType<Expression>().ToList();
        return asked.Count == 0 ? null : Expression.And([.. asked]);
    }

    /// <summary>How many of the columns have a value that each arm of a disjunction tests for NULL, where fewer than all may:
    /// <c>kind = 'a' AND x IS NOT NULL AND y IS NULL OR kind = 'b' AND x IS NULL AND y IS NOT NULL</c>.</summary>
    public static IEnumerable<Condition.NonNullCount> Counts(Expression condition) =>
        (condition is Expression.Logical { IsAnd: true } and ? and.Operands.AsEnumerable() : [condition])
            .OfType<Expression.Logical>().Where(l => !l.IsAnd).Select(l => Count([.. l.Operands.Select(NullTests)])).OfType<Condition.NonNullCount>();

    static Condition.NonNullCount? Count(List<Dictionary<string, bool>> arms)
    {
        var columns = arms[0].Keys.Where(c => arms.TrueForAll(a => a.ContainsKey(c))).ToList();
        if (columns.Count < 2) return null;
        var counts = arms.ConvertAll(a => columns.Count(c => a[c]));
        return counts.Max() < columns.Count ? new Condition.NonNullCount([.. columns], counts.Min(), counts.Max()) : null;
    }

    // By column: whether it must have a value.
    static Dictionary<string, bool> NullTests(Expression arm) =>
        (arm is Expression.Logical { IsAnd: true } and ? and.Operands.AsEnumerable() : [arm]).OfType<Expression.Is>()
            .Where(t => t is { Test: IsTest.Null, Operand: Expression.Column }).GroupBy(t => ((Expression.Column)t.Operand).Name)
            .ToDictionary(g => g.Key, g => g.First().Negated);
}
