using RelSeed.Expressions;

namespace RelSeed.Generation;

/// <summary>A range comes to begin, or to end, where another column says: <c>lower(period) = started</c>. Where that column lies on the wrong side
/// of the other bound, it follows the range's end instead.</summary>
sealed class RangeRepair(int range, bool isLower, int bound) : Repair
{
    public override void Apply(RowDraft draft)
    {
        var (whole, wanted) = (draft[range], draft[bound]);
        if (whole.Kind != SqlKind.Range || whole.AsRange.IsEmpty || wanted.IsNull || !wanted.IsEvaluable) return;
        if (isLower) Begin(draft, wanted, whole.AsRange.Upper);
        else End(draft, whole.AsRange.Lower, wanted);
    }

    void Begin(RowDraft draft, SqlValue lower, SqlValue upper)
    {
        if (!upper.IsNull && !IsBefore(lower, upper)) upper = OrderRepair.Step(lower, 1, draft);
        Set(draft, lower, upper);
    }

    void End(RowDraft draft, SqlValue lower, SqlValue upper)
    {
        if (!lower.IsNull && !IsBefore(lower, upper)) draft.Set(bound, upper = OrderRepair.Step(lower, 1, draft));
        Set(draft, lower, upper);
    }

    static bool IsBefore(SqlValue lower, SqlValue upper) => SqlCompare.Order(lower, upper) < 0;

    void Set(RowDraft draft, SqlValue lower, SqlValue upper)
    {
        if (upper.IsEvaluable && SqlRange.Create(lower, upper, lowerInclusive: true, upperInclusive: false) is { } made)
            draft.Set(range, SqlValue.Range(made));
    }
}
