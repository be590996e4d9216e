namespace RelSeed.Expressions;

/// <summary>Sums of columns and constants, brought to <c>column op constant</c> or <c>column op column + constant</c>.</summary>
static class Linear
{
    /// <param name="Terms">Columns with the sign they are added with.</param>
    /// <param name="Constant">NULL for none.</param>
    readonly record struct Sum(List<(string Column, int Sign)> Terms, SqlValue Constant);

    /// <summary>Null when the comparison is of another form.</summary>
    public static Condition? Compare(Expression left, Comparison comparison, Expression right, EvaluationContext context)
    {
        if (Read(left, context) is not { } a || Read(right, context) is not { } b) return null;
        var terms = a.Terms.Concat(b.Terms.Select(t => (t.Column, Sign: -t.Sign))).ToList();
        var offset = Minus(b.Constant, a.Constant);
        if (!offset.IsEvaluable) return null;
        return terms switch
        {
            [var only] when !offset.IsNull && !IsShift(a, b) =>
                ConditionClassifier.Bound(only.Column, only.Sign > 0 ? comparison : comparison.Flip(),
                    only.Sign > 0 ? offset : SqlArithmetic.Negate(offset)) is var bound
                && (only.Sign > 0 || SqlArithmetic.Negate(offset).IsEvaluable) ? bound : null,
            [(var x, 1), (var y, -1)] when x != y => new Condition.Compare(x, comparison, y, WithoutZero(offset)),
            [(var x, -1), (var y, 1)] when x != y => new Condition.Compare(y, comparison, x, WithoutZero(offset)),
            _ => null,
        };
    }

    /// <summary>A month has no fixed length, so it cannot be taken to the other side of a lone column.</summary>
    static bool IsShift(Sum left, Sum right) => left.Constant is { Kind: SqlKind.Interval, Months: not 0 } && right.Terms.Count == 0;

    static SqlValue WithoutZero(SqlValue offset) => offset.Kind switch
    {
        SqlKind.Integer when offset.AsInteger == 0 => SqlValue.Null,
        SqlKind.Interval when offset is { Months: 0, Days: 0, AsInteger: 0 } => SqlValue.Null,
        _ => offset,
    };

    static SqlValue Minus(SqlValue left, SqlValue right) =>
        right.IsNull ? left : left.IsNull ? SqlArithmetic.Negate(right) : SqlArithmetic.Subtract(left, right);

    static SqlValue Plus(SqlValue left, SqlValue right) => right.IsNull ? left : left.IsNull ? right : SqlArithmetic.Add(left, right);

    static Sum? Read(Expression expression, EvaluationContext context)
    {
        if (ColumnCasts.ColumnOf(expression, context) is { } column) return new([(column, 1)], default);
        switch (expression)
        {
            case Expression.Constant { Value: var value } when value.IsNumber
                || value.Kind is SqlKind.Interval or SqlKind.Date or SqlKind.Timestamp or SqlKind.TimestampTz:
                return new([], value);
            case Expression.Unary { Operator: "-" } minus when Read(minus.Operand, context) is { } sum:
                return Negate(sum);
            case Expression.Binary { Operator: "+" } plus when Read(plus.Left, context) is { } a && Read(plus.Right, context) is { } b:
                return Evaluable(new([.. a.Terms, .. b.Terms], Plus(a.Constant, b.Constant)));
            case Expression.Binary { Operator: "-" } minus when Read(minus.Left, context) is { } a && Read(minus.Right, context) is { } b:
                return Evaluable(new([.. a.Terms, .. b.Terms.Select(t => (t.Column, -t.Sign))], Minus(a.Constant, b.Constant)));
            default:
                return null;
        }
    }

    static Sum? Negate(Sum sum) =>
        Evaluable(new([.. sum.Terms.Select(t => (t.Column, -t.Sign))], sum.Constant.IsNull ? default : SqlArithmetic.Negate(sum.Constant)));

    static Sum? Evaluable(Sum sum) => sum.Constant.IsEvaluable ? sum : null;
}
