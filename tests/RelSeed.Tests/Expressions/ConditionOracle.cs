using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Tests.Expressions;

/// <summary>What each condition says of a row, written apart from the classifier.</summary>
static class ConditionOracle
{
    /// <summary>Null where the oracle cannot tell. A NULL column lets all but the tests for NULL pass.</summary>
    public static bool? Holds(Condition condition, Dictionary<string, SqlValue> row, EvaluationContext context)
    {
        bool? All(EquatableArray<Condition> list) =>
            list.Aggregate((bool?)true,
                (all, c) => all == false ? false : Holds(c, row, context) is var one && one == false ? false : one is null ? null : all);
        switch (condition)
        {
            case Condition.InSet set:
                return row[set.Column].IsNull || set.Values.Any(v => SqlCompare.Order(v, row[set.Column]) == 0) != set.Negated;
            case Condition.Range range:
                var value = row[range.Column];
                if (value.IsNull) return true;
                var above = range.Minimum.IsNull ? 1 : SqlCompare.Order(value, range.Minimum);
                var below = range.Maximum.IsNull ? -1 : SqlCompare.Order(value, range.Maximum);
                return (above > 0 || above == 0 && range.MinimumInclusive) && (below < 0 || below == 0 && range.MaximumInclusive);
            case Condition.Length length:
                var text = row[length.Column];
                if (text.IsNull) return true;
                var count = (length.IsTrimmed ? text.AsText.Trim(' ') : text.AsText).Length;
                return count >= length.Minimum && count <= (length.Maximum ?? int.MaxValue);
            case Condition.Compare compare:
                var (left, right) = (row[compare.Left], row[compare.Right]);
                if (left.IsNull || right.IsNull) return true;
                var order = compare.Offset.IsNull ? SqlCompare.Order(left, right)
                    : (left.AsInteger - compare.Offset.AsInteger).CompareTo(right.AsInteger);
                return compare.Operator switch
                {
                    Comparison.Less => order < 0,
                    Comparison.LessOrEqual => order <= 0,
                    Comparison.Equal => order == 0,
                    Comparison.NotEqual => order != 0,
                    Comparison.GreaterOrEqual => order >= 0,
                    _ => order > 0,
                };
            case Condition.NotNull notNull:
                return !row[notNull.Column].IsNull;
            case Condition.IsNull isNull:
                return row[isNull.Column].IsNull;
            case Condition.AllOrNoneNull same:
                return same.Columns.Select(c => row[c].IsNull).Distinct().Count() == 1;
            case Condition.NonNullCount some:
                var present = some.Columns.Count(c => !row[c].IsNull);
                return present >= some.Minimum && present <= some.Maximum;
            case Condition.Implies implies:
                return All(implies.Guard) is { } guard ? !guard || All(implies.Consequence) is var follows && follows != false ? guard
                    ? All(implies.Consequence) : true : false : null;
            case Condition.Iff iff:
                return (All(iff.Left), All(iff.Right), All(iff.NotLeft), All(iff.NotRight)) switch
                {
                    (true, true, _, _) or (_, _, true, true) => true,
                    (true, _, _, true) or (_, true, true, _) => false,
                    _ => null,
                };
            case Condition.AnyOf any:
                var arms = any.Arms.Select(All).ToArray();
                return arms.Contains(true) ? true : arms.Contains(null) ? null : false;
            case Condition.Never:
                return false;
            default:
                return null;
        }
    }
}
