using static RelSeed.Expressions.ScalarFunction;

namespace RelSeed.Expressions;

/// <summary>PostgreSQL's functions on numbers, and those that choose among or count their arguments.</summary>
static class NumberFunctions
{
    public static readonly KeyValuePair<string, ScalarFunction>[] PostgreSql =
    [
        Strict("abs", 1, static (a, _) => SqlArithmetic.Abs(a[0])),
        Strict("sign", 1, static (a, _) =>
            OnNumber(a[0], static d => SqlValue.Decimal(Math.Sign(d)), static r => SqlValue.Double(double.IsNaN(r) ? r : Math.Sign(r)))),
        Strict("floor", 1,
            static (a, _) => OnNumber(a[0], static d => SqlValue.Decimal(decimal.Floor(d)), static r => SqlValue.Double(Math.Floor(r)))),
        Strict("ceil", 1, static (a, _) => Ceiling(a[0])),
        Strict("ceiling", 1, static (a, _) => Ceiling(a[0])),
        Strict("round", 1, 2, static (a, _) => Round(a, truncate: false)),
        Strict("trunc", 1, 2, static (a, _) => Round(a, truncate: true)),
        Strict("mod", 2, static (a, _) => SqlArithmetic.Remainder(a[0], a[1])),
        Strict("div", 2, static (a, _) => SqlArithmetic.Divide(a[0], a[1]) is { Kind: SqlKind.Decimal } quotient
            ? SqlNumber.Round(quotient.AsDecimal, 0, truncate: true) : SqlArithmetic.Divide(a[0], a[1])),
        Strict("power", 2, static (a, _) => SqlArithmetic.Power(a[0], a[1])),
        Strict("pow", 2, static (a, _) => SqlArithmetic.Power(a[0], a[1])),
        Lenient("greatest", 1, 100, static (a, c) => Extreme(a, c, sign: 1)),
        Lenient("least", 1, 100, static (a, c) => Extreme(a, c, sign: -1)),
        Lenient("num_nulls", 1, 100, static (a, _) => SqlValue.Integer(CountNulls(a))),
        Lenient("num_nonnulls", 1, 100, static (a, _) => SqlValue.Integer(a.Length - CountNulls(a))),
    ];

    static SqlValue OnNumber(SqlValue value, Func<decimal, SqlValue> exact, Func<double, SqlValue> real) => value.Kind switch
    {
        SqlKind.Double => real(value.AsDouble),
        SqlKind.Integer => SqlValue.Double(real(value.AsInteger).AsDouble),
        SqlKind.Decimal => exact(value.AsDecimal),
        _ => SqlValue.NotEvaluable($"a number function on {value.Kind}"),
    };

    static SqlValue Ceiling(SqlValue value) =>
        OnNumber(value, static d => SqlValue.Decimal(decimal.Ceiling(d)), static r => SqlValue.Double(Math.Ceiling(r)));

    static SqlValue Round(ReadOnlySpan<SqlValue> arguments, bool truncate)
    {
        var value = arguments[0];
        if (truncate && value.IsText && arguments.Length == 1) return HardwareAddress.Truncate(value.AsText);
        if (arguments.Length == 1)
            return OnNumber(value, d => SqlNumber.Round(d, 0, truncate),
                r => SqlValue.Double(truncate ? Math.Truncate(r) : Math.Round(r, MidpointRounding.ToEven)));
        return value.Kind is SqlKind.Integer or SqlKind.Decimal && arguments[1].Kind == SqlKind.Integer && Math.Abs(arguments[1].AsInteger) <= 28
            ? SqlNumber.Round(SqlCompare.ToDecimal(value), (int)arguments[1].AsInteger, truncate)
            : SqlValue.NotEvaluable("this rounding is not evaluated");
    }

    /// <summary>NULLs are passed over.</summary>
    static SqlValue Extreme(ReadOnlySpan<SqlValue> arguments, EvaluationContext context, int sign)
    {
        var best = SqlValue.Null;
        foreach (var argument in arguments)
        {
            if (argument.IsNull) continue;
            if (best.IsNull)
            {
                best = argument;
                continue;
            }
            if (SqlCompare.Order(argument, best) is not { } order) return SqlCompare.Mismatch(argument, best);
            if (order != 0 && argument.IsText && !context.HasBinaryTextOrder)
                return SqlValue.NotEvaluable("the order of texts depends on the collation");
            if (order * sign > 0) best = argument;
        }
        return best;
    }

    static int CountNulls(ReadOnlySpan<SqlValue> arguments)
    {
        var count = 0;
        foreach (var argument in arguments)
            if (argument.IsNull) count++;
        return count;
    }
}
