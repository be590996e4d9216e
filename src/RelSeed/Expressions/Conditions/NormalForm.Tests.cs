using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>IS, IN, ANY, DISTINCT and comparisons in normal form.</summary>
sealed partial class NormalForm
{
    Expression Test(Expression.Is test, bool negated)
    {
        if (test.Test == IsTest.Null || test.Test == IsTest.Unknown) return NullTest(test, negated);
        if (test.Test is not (IsTest.True or IsTest.False))
            return Folded(test with { Operand = Scalar(test.Operand), Negated = test.Negated != negated });
        var isTrue = test.Test == IsTest.True;
        if (!IsCondition(test.Operand) && !IsPostgreSql)
            return Folded(test with { Operand = Scalar(test.Operand), Negated = test.Negated != negated });
        var (wanted, isNull) = (Condition(test.Operand, negated: !isTrue), new Expression.Is(test.Operand, IsTest.Null, Negated: false));
        return test.Negated == negated
            ? Join(isAnd: true, [wanted, NullTest(isNull, negated: true)])
            : Join(isAnd: false, [Condition(test.Operand, negated: isTrue), NullTest(isNull, negated: false)]);
    }

    /// <summary>IS NULL on rows, COALESCE and strict expressions as tests of columns.</summary>
    Expression NullTest(Expression.Is test, bool negated)
    {
        if (test.Operand is Expression.Row row)
            return Join(!negated, row.Items.Select(i => NullTest(new(i, IsTest.Null, test.Negated), negated)));
        var operand = IsCondition(test.Operand) ? Condition(test.Operand) : Scalar(test.Operand);
        if (IsNeverNull(operand)) return test.Negated == negated ? Expression.Constant.False : Expression.Constant.True;
        if (operand is Expression.Constant) return Folded(new Expression.Is(operand, IsTest.Null, test.Negated != negated));
        var isComposite = operand is Expression.Column column && context.Find(column.Name)?.Type.Kind == TypeKind.Composite;
        if (isComposite && negated) return new Expression.Unary("NOT", test with { Operand = operand });
        var isNull = test.Negated == negated;
        if (operand is Expression.Call { Name: "coalesce" or "ifnull" } coalesce)
            return Join(isNull, coalesce.Arguments.Select(a => NullTest(new(a, IsTest.Null, Negated: false), !isNull)));
        if (operand is not Expression.Column && Strictness.NullSources(operand) is { } columns)
            return Join(!isNull, columns.Select(c => new Expression.Is(new Expression.Column(c), IsTest.Null, !isNull)));
        return new Expression.Is(operand, IsTest.Null, !isNull);
    }

    /// <summary>With a constant, IS DISTINCT FROM is a comparison and a test for NULL.</summary>
    Expression Distinct(Expression.IsDistinct distinct, bool negated)
    {
        var (left, right) = (Scalar(distinct.Left), Scalar(distinct.Right));
        if (left is Expression.Constant && right is not Expression.Constant) (left, right) = (right, left);
        var isSame = distinct.Negated != negated;
        if (right is not Expression.Constant constant) return new Expression.IsDistinct(left, right, isSame);
        if (constant.Value.IsNull) return NullTest(new(left, IsTest.Null, Negated: false), !isSame);
        var isNull = new Expression.Is(left, IsTest.Null, Negated: false);
        return isSame
            ? Join(isAnd: true, [Comparison(new("=", left, right), Expressions.Comparison.Equal, negated: false), NullTest(isNull, negated: true)])
            : Join(isAnd: false, [Comparison(new("=", left, right), Expressions.Comparison.Equal, negated: true), NullTest(isNull, negated: false)]);
    }

    Expression List(Expression.In list, bool negated)
    {
        var (operand, items) = (Scalar(list.Operand), list.Items.Select(Scalar).ToArray());
        var isNegated = list.Negated != negated;
        if (items.Length == 1 && !context.IsSqlite) return Comparison(new("=", operand, items[0]), Expressions.Comparison.Equal, isNegated);
        return Folded(new Expression.In(operand, new([.. items]), isNegated));
    }

    /// <summary>= ANY and &lt;&gt; ALL of listed items as IN; other operators as OR and AND.</summary>
    Expression Quantified(Expression.Quantified quantified, bool negated)
    {
        var (operand, array) = (Scalar(quantified.Operand), Scalar(quantified.Items));
        var items = array switch
        {
            Expression.Array { Items: var listed } when listed.All(i => i is not Expression.Array) => listed,
            Expression.Constant { Value.Kind: SqlKind.Array } constant => new([.. constant.Value.Items.Select(v => new Expression.Constant(v))]),
            Expression.Constant { Value: { Kind: SqlKind.Text } text } when SqlCast.ArrayFromText(text.AsText,
                SqlValue.Text) is { Kind: SqlKind.Array } parsed =>
                new([.. parsed.Items.Select(v => v.IsNull ? (Expression)new Expression.Constant(v)
                    : new Expression.Literal(LiteralKind.String, v.AsText))]),
            _ => default(EquatableArray<Expression>),
        };
        if (quantified is { Operator: "=", IsAll: false } or { Operator: "<>", IsAll: true } && items.Count > 0)
            return List(new(operand, items, quantified.IsAll), negated);
        if (items.Count is > 0 and <= LongestExpansion)
            return Condition(quantified.IsAll ? Expression.And(items.Select(Apply)) : Expression.Or(items.Select(Apply)), negated);
        var kept = Folded(quantified with { Operand = operand, Items = array });
        return negated ? Folded(new Expression.Unary("NOT", kept)) : kept;

        Expression Apply(Expression item) => quantified.Operator is "~~" or "!~~" or "~~*" or "!~~*"
            ? new Expression.Like(quantified.Operator.EndsWith('*') ? LikeKind.ILike : LikeKind.Like, operand, item, null,
            quantified.Operator[0] == '!')
            : new Expression.Binary(quantified.Operator, operand, item);
    }

    Expression Comparison(Expression.Binary binary, Comparison comparison, bool negated)
    {
        if (negated && (binary.Left is Expression.Row || binary.Right is Expression.Row)) return new Expression.Unary("NOT", binary.Map(Scalar));
        if (negated) comparison = comparison.Negate();
        var isEquality = comparison is Expressions.Comparison.Equal or Expressions.Comparison.NotEqual;
        if (isEquality && IsPostgreSql && IsCondition(binary.Left) && IsCondition(binary.Right))
            return Equivalence(binary, comparison == Expressions.Comparison.NotEqual);
        var (left, right) = (Scalar(binary.Left), Scalar(binary.Right));
        if (left is not Expression.Column && (right is Expression.Column || left is Expression.Constant && right is not Expression.Constant))
            (left, right, comparison) = (right, left, comparison.Flip());
        if (IsNullConstant(left) || IsNullConstant(right)) return new Expression.Constant(SqlValue.Null);
        if (isEquality && IsNullTests(left) && IsNullTests(right))
            return Equivalence(new("=", left, right), comparison == Expressions.Comparison.NotEqual);
        return Folded(new Expression.Binary(comparison.ToSymbol(), left, right));
    }

    /// <summary>In SQLite, where a test is 0 or 1, tests for NULL may be compared as conditions.</summary>
    static bool IsNullTests(Expression expression) => expression is Expression.Is { Test: IsTest.Null }
        || expression is Expression.Logical && expression.Children().All(c => c is Expression.Is { Test: IsTest.Null });

    static bool IsNullConstant(Expression expression) => expression is Expression.Constant { Value.Kind: SqlKind.Null };

    /// <summary>TRUE or FALSE for every row.</summary>
    static bool IsNeverNull(Expression expression) => expression is Expression.Is or Expression.IsDistinct
        || expression is Expression.Logical or Expression.Unary { Operator: "NOT" } && expression.Children().All(IsNeverNull);

    /// <summary>p = q over conditions; p &lt;&gt; q is p = NOT q, and p = TRUE is p.</summary>
    Expression Equivalence(Expression.Binary binary, bool isDifferent)
    {
        if (Constant(binary.Right) is { } right) return Condition(binary.Left, right == isDifferent);
        if (Constant(binary.Left) is { } left) return Condition(binary.Right, left == isDifferent);
        if (binary.Left is Expression.Column && binary.Right is Expression.Column) return binary with { Operator = isDifferent ? "<>" : "=" };
        return new Expression.Binary("=", Condition(binary.Left), Condition(binary.Right, isDifferent));
    }

    static bool? Constant(Expression expression) => expression switch
    {
        Expression.Literal { Kind: LiteralKind.Boolean } literal => literal.Text == "true",
        Expression.Constant { Value.Kind: SqlKind.Boolean } constant => constant.Value.IsTrue,
        _ => null,
    };
}
