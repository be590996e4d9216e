namespace RelSeed.Expressions;

/// <summary>What becomes of an expression when a column is NULL.</summary>
static class Strictness
{
    /// <summary>Functions that are NULL exactly when an argument is.</summary>
    static readonly HashSet<string> Strict = new(StringComparer.Ordinal)
    {
        "length", "char_length", "character_length", "octet_length", "bit_length", "lower", "upper", "btrim", "ltrim", "rtrim", "substr", "substring",
        "left", "right", "position", "strpos", "instr", "replace", "abs", "floor", "ceil", "ceiling", "round", "trunc", "sign", "mod", "starts_with",
        "cardinality", "isempty", "lower_inc", "upper_inc", "lower_inf", "upper_inf", "extract", "date_part", "date_trunc", "date",
        "reverse", "initcap",
        "jsonb_typeof", "json_typeof", "json_valid", "json_type", "array_length", "array_upper", "array_position", "translate", "hex", "unicode", "age",
        "similar_to_escape", "power", "datetime", "regexp_like",
    };

    /// <summary>Of those, the ones that may be NULL for other reasons too.</summary>
    static readonly HashSet<string> Partial = new(StringComparer.Ordinal)
    {
        "array_length", "array_upper", "array_position", "lower", "upper", "substring", "mod", "date", "datetime", "unicode", "json_type", "extract", "date_part",
    };

    static readonly HashSet<string> NullableOperators = new(StringComparer.Ordinal) { "->", "->>", "#>", "#>>", "OVERLAPS", "@@" };

    /// <summary>It is certainly NULL when the column is.</summary>
    public static bool IsNullWhen(Expression expression, string column) => expression switch
    {
        Expression.Column found => found.Name == column,
        Expression.Constant constant => constant.Value.IsNull,
        Expression.Unary unary => IsNullWhen(unary.Operand, column),
        Expression.Binary binary => binary.Operator != "OVERLAPS" && (binary.Left, binary.Right) is not ((Expression.Row, _) or (_, Expression.Row))
            && (IsNullWhen(binary.Left, column) || IsNullWhen(binary.Right, column)),
        Expression.Logical logical => logical.Operands.All(o => IsNullWhen(o, column)),
        Expression.In list => list.Items.Count > 0 && IsNullWhen(list.Operand, column),
        Expression.Quantified quantified => IsNullWhen(quantified.Items, column)
            || quantified.Items is Expression.Constant { Value: { Kind: SqlKind.Array, Items.Count: > 0 } } && IsNullWhen(quantified.Operand, column),
        Expression.Like like => IsNullWhen(like.Operand, column) || IsNullWhen(like.Pattern, column),
        Expression.Cast cast => IsNullWhen(cast.Operand, column),
        Expression.Collate collate => IsNullWhen(collate.Operand, column),
        Expression.AtTimeZone zone => IsNullWhen(zone.Operand, column),
        Expression.Subscript subscript => IsNullWhen(subscript.Operand, column),
        Expression.Call call => Strict.Contains(call.Name) && call.Arguments.Any(a => IsNullWhen(a, column)),
        _ => false,
    };

    /// <summary>As a CHECK it lets a row pass whose column is NULL, whatever the others are.</summary>
    public static bool PassesWhenNull(Expression condition, string column) => condition switch
    {
        Expression.Is { Test: IsTest.Null, Negated: false, Operand: Expression.Column found } => found.Name == column,
        Expression.Logical { IsAnd: true } and => and.Operands.All(o => PassesWhenNull(o, column)),
        Expression.Logical or => or.Operands.Any(o => PassesWhenNull(o, column)),
        _ => IsNullWhen(condition, column),
    };

    /// <summary>The columns of which any one makes the expression NULL, and nothing else does; null when that cannot be said.</summary>
    public static IReadOnlyList<string>? NullSources(Expression expression)
    {
        var columns = expression.ColumnNames();
        return columns.Count > 0 && IsTotal(expression) && columns.All(c => IsNullWhen(expression, c)) ? columns : null;
    }

    static bool IsTotal(Expression expression) => expression switch
    {
        Expression.Column => true,
        Expression.Constant constant => !constant.Value.IsNull && constant.Value.Kind is not (SqlKind.Array or SqlKind.Row),
        Expression.Unary or Expression.Cast or Expression.Collate or Expression.Like => expression.Children().All(IsTotal),
        Expression.Binary binary =>
            !NullableOperators.Contains(binary.Operator) && binary.Operator is not ("/" or "%") && expression.Children().All(IsTotal),
        Expression.In => expression.Children().All(IsTotal),
        Expression.Call call => Strict.Contains(call.Name) && !Partial.Contains(call.Name) && expression.Children().All(IsTotal),
        _ => false,
    };
}
