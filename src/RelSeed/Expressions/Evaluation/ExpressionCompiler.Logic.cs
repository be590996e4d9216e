namespace RelSeed.Expressions;

/// <summary>AND, OR, NOT, IS, CASE, IN, ANY and ALL, by the rules of three values.</summary>
sealed partial class ExpressionCompiler
{
    Compute CompileLogical(Expression.Logical logical)
    {
        var operands = logical.Operands.Select(CompileCondition).ToArray();
        var decisive = !logical.IsAnd;
        return row =>
        {
            var (sawNull, unknown) = (false, SqlValue.Null);
            foreach (var operand in operands)
            {
                var value = operand(row);
                if (value.Kind == SqlKind.Boolean)
                {
                    if (value.IsTrue == decisive) return value;
                }
                else if (value.IsNull) sawNull = true;
                else if (value.IsError) return value;
                else if (unknown.IsNull) unknown = value.IsEvaluable ? SqlValue.Error("a condition is no boolean") : value;
            }
            return !unknown.IsNull ? unknown : sawNull ? SqlValue.Null : SqlValue.Boolean(!decisive);
        };
    }

    internal static SqlValue Not(SqlValue value) => value.Kind switch
    {
        SqlKind.Boolean => SqlValue.Boolean(value.IsFalse),
        SqlKind.Null or SqlKind.NotEvaluable => value,
        _ => SqlValue.Error("a condition is no boolean"),
    };

    static Compute Negate(Compute compute, bool negated) => negated ? row => Not(compute(row)) : compute;

    Compute CompileUnary(Expression.Unary unary)
    {
        if (unary.Operator == "NOT") return Negate(CompileCondition(unary.Operand), negated: true);
        var operand = Compile(unary.Operand);
        return unary.Operator switch
        {
            "-" => row => SqlArithmetic.Negate(Number(operand(row))),
            "+" => row => Number(operand(row)),
            "~" => row => Number(operand(row)) is { Kind: SqlKind.Integer } value ? SqlValue.Integer(~value.AsInteger)
                : UnlessNull(operand(row), "~ of no integer"),
            "@" => row => SqlArithmetic.Abs(operand(row)),
            _ => Unable($"the operator {unary.Operator} is not evaluated"),
        };
    }

    SqlValue Number(SqlValue value) => context.IsSqlite ? SqliteSemantics.Number(value) : value;

    static SqlValue UnlessNull(SqlValue value, string reason) => value.IsNull || !value.IsEvaluable ? value : SqlValue.NotEvaluable(reason);

    Compute CompileIs(Expression.Is test)
    {
        var operand = test.Test is IsTest.True or IsTest.False or IsTest.Unknown ? CompileCondition(test.Operand) : Compile(test.Operand);
        var (kind, negated) = (test.Test, test.Negated);
        return row =>
        {
            var value = operand(row);
            if (!value.IsEvaluable) return value;
            return kind switch
            {
                IsTest.Null when value.Kind == SqlKind.Row => SqlValue.Boolean(value.Items.All(f => f.IsNull != negated)),
                IsTest.Null or IsTest.Unknown => SqlValue.Boolean(value.IsNull != negated),
                IsTest.True => SqlValue.Boolean(value.IsTrue != negated),
                IsTest.False => SqlValue.Boolean(value.IsFalse != negated),
                _ => JsonFunctions.IsJson(value, kind, negated),
            };
        };
    }

    Compute CompileIsDistinct(Expression.IsDistinct distinct)
    {
        var (left, right) = (Compile(distinct.Left), Compile(distinct.Right));
        var (equal, negated) = (Equality(distinct.Left, distinct.Right), distinct.Negated);
        return row =>
        {
            var (a, b) = (left(row), right(row));
            if (!a.IsEvaluable) return a;
            if (!b.IsEvaluable) return b;
            if (a.IsNull || b.IsNull) return SqlValue.Boolean(a.IsNull == b.IsNull == negated);
            var same = equal(a, b);
            return same.IsNull ? SqlValue.NotEvaluable("rows with NULLs are not compared so") : negated ? same : Not(same);
        };
    }

    Compute CompileCase(Expression.Case choice)
    {
        var whens = choice.Whens
            .Select(w => (Test: CompileCondition(choice.Operand is null ? w.Condition : new Expression.Binary("=", choice.Operand, w.Condition)),
            Result: Compile(w.Result)))
            .ToArray();
        var otherwise = choice.Else is null ? Always(SqlValue.Null) : Compile(choice.Else);
        return row =>
        {
            foreach (var (test, result) in whens)
            {
                var value = test(row);
                if (!value.IsEvaluable) return value;
                if (value.IsTrue) return result(row);
            }
            return otherwise(row);
        };
    }

    /// <summary>BETWEEN as its definition.</summary>
    internal static Expression Expand(Expression.Between between)
    {
        var inside = Inside(between.Operand, between.Low, between.High);
        if (between.Symmetric) inside = Expression.Or(inside, Inside(between.Operand, between.High, between.Low));
        return between.Negated ? new Expression.Unary("NOT", inside) : inside;
    }

    static Expression Inside(Expression operand, Expression low, Expression high) =>
        Expression.And(new Expression.Binary(">=", operand, low), new Expression.Binary("<=", operand, high));

    Compute CompileIn(Expression.In list)
    {
        var operand = Compile(list.Operand);
        var items = list.Items.Select(i => (Value: Compile(i), Equal: Equality(list.Operand, i, isList: true))).ToArray();
        return Negate(row =>
        {
            var value = operand(row);
            var result = SqlValue.False;
            foreach (var (item, equal) in items)
            {
                var same = equal(value, item(row));
                if (same.IsTrue) return same;
                if (!same.IsFalse && result.IsEvaluable) result = same;
            }
            return result;
        }, list.Negated);
    }

    Compute CompileQuantified(Expression.Quantified quantified)
    {
        var (operand, array) = (Compile(quantified.Operand), Compile(quantified.Items));
        var (compare, isAll) = (Operator(quantified.Operator, quantified.Operand, quantified.Items), quantified.IsAll);
        var isLiteral = quantified.Items is Expression.Literal { Kind: LiteralKind.String };
        return row =>
        {
            var (value, items) = (operand(row), array(row));
            if (isLiteral) items = SqlCast.ArrayFromText(items.AsText, SqlValue.Text);
            if (!items.IsEvaluable || items.IsNull) return items;
            if (items.Kind != SqlKind.Array) return SqlValue.NotEvaluable("ANY over no array");
            return Quantify(value, items.Items, compare, isAll);
        };
    }

    static SqlValue Quantify(SqlValue value, IReadOnlyList<SqlValue> items, Func<SqlValue, SqlValue, SqlValue> compare, bool isAll)
    {
        var result = SqlValue.Boolean(isAll);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Kind == SqlKind.Array) return SqlValue.NotEvaluable("arrays of several dimensions are not searched");
            var holds = compare(value, items[i]);
            if (holds.Kind == SqlKind.Boolean && holds.IsTrue != isAll) return holds;
            if (holds.Kind != SqlKind.Boolean && result.IsEvaluable) result = holds;
        }
        return result;
    }
}
