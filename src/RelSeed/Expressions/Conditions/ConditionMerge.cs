using System.Collections.Immutable;

namespace RelSeed.Expressions;

/// <summary>Joins the bounds that several conjuncts set to one column.</summary>
static class ConditionMerge
{
    public static ImmutableArray<Conjunct> Merge(List<Conjunct> conjuncts)
    {
        var merged = new List<Conjunct>();
        foreach (var conjunct in conjuncts)
        {
            var at = merged.FindIndex(m => m.Condition == conjunct.Condition || Join(m.Condition, conjunct.Condition) is not null);
            if (at < 0) merged.Add(conjunct);
            else if (merged[at].Condition != conjunct.Condition)
                merged[at] = new(Expression.And(merged[at].Expression, conjunct.Expression), Join(merged[at].Condition, conjunct.Condition)!);
        }
        return [.. merged];
    }

    static Condition? Join(Condition first, Condition second) => (first, second) switch
    {
        (Condition.Range a, Condition.Range b) when a.Column == b.Column => Ranges(a, b),
        (Condition.Length a, Condition.Length b) when a.Column == b.Column && a.Unit == b.Unit && a.IsTrimmed == b.IsTrimmed =>
            Lengths(a, b) is { } both ? both : new Condition.Never(),
        (Condition.InSet { Negated: true } a, Condition.InSet { Negated: true } b) when a.Column == b.Column =>
            a with { Values = new([.. a.Values.Concat(b.Values).Distinct()]) },
        (Condition.InSet { Negated: false } a, Condition.InSet { Negated: false } b) when a.Column == b.Column =>
            a.Values.Intersect(b.Values).ToArray() is { Length: > 0 } both ? a with { Values = new([.. both]) } : new Condition.Never(),
        _ => null,
    };

    static Condition.Length? Lengths(Condition.Length a, Condition.Length b)
    {
        var (minimum, maximum) = (Math.Max(a.Minimum, b.Minimum), a.Maximum is { } x && b.Maximum is { } y ? Math.Min(x, y) : a.Maximum ?? b.Maximum);
        return minimum > (maximum ?? int.MaxValue) ? null : a with { Minimum = minimum, Maximum = maximum };
    }

    /// <summary>Null when the bounds are of kinds that do not compare.</summary>
    static Condition? Ranges(Condition.Range a, Condition.Range b)
    {
        if (Tighter(a.Minimum, a.MinimumInclusive, b.Minimum, b.MinimumInclusive, sign: 1) is not var (minimum, minimumInclusive)) return null;
        if (Tighter(a.Maximum, a.MaximumInclusive, b.Maximum, b.MaximumInclusive, sign: -1) is not var (maximum, maximumInclusive)) return null;
        var order = minimum.IsNull || maximum.IsNull ? -1 : SqlCompare.Order(minimum, maximum);
        if (order is null) return null;
        return order > 0 || order == 0 && !(minimumInclusive && maximumInclusive)
            ? new Condition.Never()
            : new Condition.Range(a.Column, minimum, maximum, minimumInclusive, maximumInclusive);
    }

    static (SqlValue Bound, bool IsInclusive)? Tighter(SqlValue a, bool aInclusive, SqlValue b, bool bInclusive, int sign)
    {
        if (a.IsNull) return (b, bInclusive);
        if (b.IsNull) return (a, aInclusive);
        return SqlCompare.Order(a, b) is not { } order ? null : order == 0 ? (a, aInclusive && bInclusive) : order * sign > 0 ? (a, aInclusive)
            : (b, bInclusive);
    }
}
