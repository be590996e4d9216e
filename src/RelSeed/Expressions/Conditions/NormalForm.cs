using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Rewrites a condition without changing its value, NULL included.</summary>
sealed partial class NormalForm(EvaluationContext context)
{
    const int LongestExpansion = 64, MostSteps = 20_000;

    int _steps;

    bool IsPostgreSql => context.Dialect == Dialect.PostgreSql;

    /// <summary>A condition, NOT pushed down.</summary>
    /// <remarks>Some rewritings double an operand: past a bound the rest is left as it is.</remarks>
    public Expression Condition(Expression expression, bool negated = false) =>
        ++_steps <= MostSteps ? Rewritten(expression, negated) : negated ? new Expression.Unary("NOT", expression) : expression;

    Expression Rewritten(Expression expression, bool negated) => expression switch
    {
        Expression.Logical logical => Join(logical.IsAnd != negated, logical.Operands.Select(o => Condition(o, negated))),
        Expression.Unary { Operator: "NOT" } not => Condition(not.Operand, !negated),
        Expression.Between between => Condition(ExpressionCompiler.Expand(between), negated),
        Expression.Is test => Test(test, negated),
        Expression.IsDistinct distinct => Distinct(distinct, negated),
        Expression.In list => List(list, negated),
        Expression.Quantified quantified => Quantified(quantified, negated),
        Expression.Like like =>
            Folded(like with { Operand = Scalar(like.Operand), Pattern = Scalar(like.Pattern), Negated = like.Negated != negated }),
        Expression.Binary binary when Comparisons.Parse(binary.Operator) is { } comparison => Comparison(binary, comparison, negated),
        Expression.Case choice when choice.Whens.Count <= 6 => Condition(Expand(choice), negated),
        Expression.Call
        {
            Name: "coalesce" or "ifnull",
            Arguments: [var first, Expression.Literal { Kind: LiteralKind.Boolean } fallback]
        } when IsCondition(first) =>
            Test(new(first, fallback.Text == "true" ? IsTest.False : IsTest.True, Negated: fallback.Text == "true"), negated),
        _ => Atom(expression, negated),
    };

    /// <summary>AND or OR without operands that decide nothing; one that decides all stands alone.</summary>
    static Expression Join(bool isAnd, IEnumerable<Expression> operands)
    {
        var kept = new List<Expression>();
        var seen = new HashSet<Expression>();
        foreach (var operand in operands)
        {
            if (operand is Expression.Constant { Value.Kind: SqlKind.Boolean } constant)
            {
                if (constant.Value.IsTrue != isAnd) return constant;
            }
            else if (seen.Add(operand)) kept.Add(operand);
        }
        return kept.Count == 0 ? isAnd ? Expression.Constant.True : Expression.Constant.False : isAnd ? Expression.And(kept) : Expression.Or(kept);
    }

    Expression Atom(Expression expression, bool negated)
    {
        var scalar = Scalar(expression);
        if (!negated) return context.IsSqlite && scalar is Expression.Constant constant ? Truth(constant) : scalar;
        return Folded(new Expression.Unary("NOT", scalar));
    }

    static Expression.Constant Truth(Expression.Constant constant) => new(SqliteSemantics.Truth(constant.Value));

    /// <summary>The value itself when no column is read and the evaluator can tell it.</summary>
    Expression Folded(Expression expression)
    {
        if (expression is Expression.Constant or Expression.Star or Expression.Collate
            || expression.Children().Any(c => c is not (Expression.Constant or Expression.Literal)))
            return expression;
        if (expression is Expression.Column) return expression;
        var value = new ExpressionCompiler(context, _ => -1).Compile(expression)(ExpressionCompiler.NoRow.Instance);
        return value.IsEvaluable ? new Expression.Constant(value) : expression;
    }

    /// <summary>A value: constants folded, conditions inside it in normal form, casts of a column to its own type left out.</summary>
    public Expression Scalar(Expression expression)
    {
        if (expression is Expression.Literal literal) return Folded(literal);
        if (HasNormalForm(expression)) return Condition(expression);
        var simplified = expression.Map(Scalar);
        return simplified is Expression.Cast { Operand: Expression.Column column } cast
            && ColumnCasts.IsIdentity(context.Find(column.Name), cast.Type, context)
            ? column
            : Folded(simplified);
    }

    /// <summary>A test, a comparison, or what connects them.</summary>
    public static bool HasNormalForm(Expression expression) => expression switch
    {
        Expression.Logical or Expression.Is or Expression.IsDistinct or Expression.In or Expression.Quantified or Expression.Between
            or Expression.Like => true,
        Expression.Unary unary => unary.Operator == "NOT",
        Expression.Binary binary => Comparisons.Parse(binary.Operator) is not null,
        _ => false,
    };

    /// <summary>It has a boolean value by its form.</summary>
    public bool IsCondition(Expression expression) => HasNormalForm(expression) || expression switch
    {
        Expression.Binary binary => binary.Operator is "@>" or "<@" or "&&" or "?" or "OVERLAPS" or "@@",
        Expression.Column column => IsPostgreSql && context.Find(column.Name)?.Type.Kind == TypeKind.Boolean,
        Expression.Literal literal => IsPostgreSql && literal.Kind == LiteralKind.Boolean,
        Expression.Constant constant => IsPostgreSql && constant.Value.Kind == SqlKind.Boolean,
        Expression.Call call => call.Name is "isempty" or "starts_with" or "lower_inc" or "upper_inc" or "lower_inf" or "upper_inf" or "isfinite"
            or "regexp_like" or "json_valid",
        Expression.Case choice => choice.Whens.All(w => IsCondition(w.Result) || IsNullLiteral(w.Result))
            && (choice.Else is null || IsCondition(choice.Else) || IsNullLiteral(choice.Else)),
        _ => false,
    };

    static bool IsNullLiteral(Expression expression) =>
        expression is Expression.Literal { Kind: LiteralKind.Null } or Expression.Constant { Value.Kind: SqlKind.Null };

    /// <summary>CASE as (c IS TRUE AND r) OR (c IS NOT TRUE AND rest).</summary>
    static Expression Expand(Expression.Case choice)
    {
        var rest = choice.Else ?? Expression.Literal.Null;
        foreach (var when in choice.Whens.Reverse())
        {
            var test = choice.Operand is null ? when.Condition : new Expression.Binary("=", choice.Operand, when.Condition);
            rest = Expression.Or(
                Expression.And(new Expression.Is(test, IsTest.True, Negated: false), when.Result),
                Expression.And(new Expression.Is(test, IsTest.True, Negated: true), rest));
        }
        return rest;
    }
}
