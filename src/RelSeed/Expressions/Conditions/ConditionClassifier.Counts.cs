using System.Collections.Immutable;
using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Counts of columns that are, or are not, NULL: num_nonnulls and sums of tests.</summary>
sealed partial class ConditionClassifier
{
    /// <param name="Columns">Counted once each.</param>
    /// <param name="CountsNulls">Those that are NULL, else those that are not.</param>
    readonly record struct NullCount(ImmutableArray<string> Columns, bool CountsNulls);

    static NullCount? CountedColumns(Expression expression)
    {
        var columns = ImmutableArray.CreateBuilder<string>();
        bool? countsNulls = null;
        return AddCounted(expression, columns, ref countsNulls) && columns.Count > 1 && columns.Distinct().Count() == columns.Count
            ? new(columns.ToImmutable(), countsNulls!.Value)
            : null;
    }

    static bool AddCounted(Expression expression, ImmutableArray<string>.Builder columns, ref bool? countsNulls)
    {
        switch (expression)
        {
            case Expression.Binary { Operator: "+" } sum:
                return AddCounted(sum.Left, columns, ref countsNulls) && AddCounted(sum.Right, columns, ref countsNulls);
            case Expression.Call { Name: "num_nonnulls" or "num_nulls" } call when call.Arguments.All(a => a is Expression.Column):
                columns.AddRange(call.Arguments.Select(a => ((Expression.Column)a).Name));
                return Agree(call.Name == "num_nulls", ref countsNulls);
            case Expression.Cast { Type.Name: "integer" or "smallint" or "bigint", Operand: Expression.Is test }:
                return AddCounted(test, columns, ref countsNulls);
            case Expression.Is { Test: IsTest.Null, Operand: Expression.Column column } test:
                columns.Add(column.Name);
                return Agree(!test.Negated, ref countsNulls);
            case Expression.Case
            {
                Operand: null,
                Whens: [{ Condition: Expression.Is { Test: IsTest.Null, Operand: Expression.Column column } test, Result: var hit }],
                Else: var miss
            }:
                columns.Add(column.Name);
                return (hit, miss) switch
                {
                    (Expression.Constant { Value: { Kind: SqlKind.Integer, AsInteger: 1 } },
                        Expression.Constant { Value: { Kind: SqlKind.Integer, AsInteger: 0 } }) => Agree(!test.Negated, ref countsNulls),
                    (Expression.Constant { Value: { Kind: SqlKind.Integer, AsInteger: 0 } },
                        Expression.Constant { Value: { Kind: SqlKind.Integer, AsInteger: 1 } }) => Agree(test.Negated, ref countsNulls),
                    _ => false,
                };
            default:
                return false;
        }
    }

    static bool Agree(bool isNullCount, ref bool? countsNulls)
    {
        countsNulls ??= isNullCount;
        return countsNulls == isNullCount;
    }

    static Condition? Count(NullCount counted, Comparison comparison, long value)
    {
        var n = counted.Columns.Length;
        var holds = Enumerable.Range(0, n + 1).Where(k => comparison switch
        {
            Comparison.Less => k < value,
            Comparison.LessOrEqual => k <= value,
            Comparison.Equal => k == value,
            Comparison.NotEqual => k != value,
            Comparison.GreaterOrEqual => k >= value,
            _ => k > value,
        });
        return FromCounts(counted.Columns, holds.Select(k => counted.CountsNulls ? n - k : k));
    }

    static Condition? CountIn(NullCount counted, ImmutableArray<SqlValue> values)
    {
        var n = counted.Columns.Length;
        return values.All(v => v.Kind == SqlKind.Integer)
            ? FromCounts(counted.Columns,
            Enumerable.Range(0, n + 1).Where(k => values.Any(v => v.AsInteger == k)).Select(k => counted.CountsNulls ? n - k : k))
            : null;
    }

    /// <summary>The condition under which the number of columns that are not NULL is one of these; null when none of the cases says it.</summary>
    static Condition? FromCounts(ImmutableArray<string> columns, IEnumerable<int> counts)
    {
        var allowed = counts.Order().ToArray();
        if (allowed.Length == 0) return new Condition.Never();
        if (allowed is [0, var last] && last == columns.Length) return new Condition.AllOrNoneNull(new(columns));
        return allowed[^1] - allowed[0] == allowed.Length - 1 ? new Condition.NonNullCount(new(columns), allowed[0], allowed[^1]) : null;
    }
}
