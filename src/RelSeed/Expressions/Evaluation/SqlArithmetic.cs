namespace RelSeed.Expressions;

/// <summary>Arithmetic as PostgreSQL does it, on numbers, dates and intervals. Operands are neither NULL nor unevaluable.</summary>
/// <remarks>Integers are taken as 64 bits wide: where PostgreSQL's narrower type would overflow and raise an error, this does not see it.</remarks>
static class SqlArithmetic
{
    static readonly SqlValue Overflow = SqlValue.Error("out of range");

    static SqlValue Whole(Int128 value) => value < long.MinValue || value > long.MaxValue ? Overflow : SqlValue.Integer((long)value);

    static SqlValue Unknown(string symbol, SqlValue left, SqlValue right) =>
        SqlValue.NotEvaluable($"{left.Kind} {symbol} {right.Kind} is not evaluated");

    static bool IsDouble(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber && (left.Kind == SqlKind.Double || right.Kind == SqlKind.Double);

    static SqlValue Real(double value, SqlValue left, SqlValue right) =>
        !double.IsFinite(value) && double.IsFinite(SqlCompare.ToDouble(left)) && double.IsFinite(SqlCompare.ToDouble(right)) ? Overflow
            : SqlValue.Double(value);

    public static SqlValue Add(SqlValue left, SqlValue right)
    {
        if (left.Kind == SqlKind.Integer && right.Kind == SqlKind.Integer) return Whole((Int128)left.AsInteger + right.AsInteger);
        if (IsDouble(left, right)) return Real(SqlCompare.ToDouble(left) + SqlCompare.ToDouble(right), left, right);
        if (left.IsNumber && right.IsNumber) return SqlNumber.Add(SqlCompare.ToDecimal(left), SqlCompare.ToDecimal(right));
        return AddTimes(left, right) ?? AddTimes(right, left) ?? Unknown("+", left, right);
    }

    static SqlValue? AddTimes(SqlValue left, SqlValue right) => (left.Kind, right.Kind) switch
    {
        (SqlKind.Date or SqlKind.Timestamp or SqlKind.TimestampTz, _) when Math.Abs(left.AsInteger) == SqlValue.Infinity => left,
        (SqlKind.Date, SqlKind.Integer) => Moved(SqlKind.Date, (Int128)left.AsInteger + right.AsInteger),
        (SqlKind.Date, SqlKind.Time) => Moved(SqlKind.Timestamp, (Int128)left.AsInteger * SqlTime.Day + right.AsInteger),
        (SqlKind.Date, SqlKind.Interval) => Shift(SqlKind.Timestamp, (Int128)left.AsInteger * SqlTime.Day, right),
        (SqlKind.Timestamp or SqlKind.TimestampTz, SqlKind.Interval) => Shift(left.Kind, left.AsInteger, right),
        (SqlKind.Time, SqlKind.Interval) => SqlValue.Time(SqlTime.Mod(left.AsInteger + right.AsInteger % SqlTime.Day, SqlTime.Day)),
        (SqlKind.Interval, SqlKind.Interval) =>
            Span((Int128)left.Months + right.Months, (Int128)left.Days + right.Days, (Int128)left.AsInteger + right.AsInteger),
        _ => null,
    };

    static SqlValue Moved(SqlKind kind, Int128 value) => Int128.Abs(value) >= SqlValue.Infinity / 2
        ? Overflow
        : kind switch
        {
            SqlKind.Date => SqlValue.Date((long)value),
            SqlKind.Timestamp => SqlValue.Timestamp((long)value),
            _ => SqlValue.TimestampTz((long)value),
        };

    static SqlValue Shift(SqlKind kind, Int128 microseconds, SqlValue interval)
    {
        if (Int128.Abs(microseconds) > SqlValue.Infinity / 2) return Overflow;
        if (SqlTime.AddMonths((long)microseconds, interval.Months) is not { } moved)
            return SqlValue.NotEvaluable("a date out of the years 1 to 9999");
        return Moved(kind, moved + (Int128)interval.Days * SqlTime.Day + interval.AsInteger);
    }

    static SqlValue Span(Int128 months, Int128 days, Int128 microseconds) =>
        Int128.Abs(months) > int.MaxValue || Int128.Abs(days) > int.MaxValue || Int128.Abs(microseconds) > long.MaxValue
            ? Overflow
            : SqlValue.Interval((int)months, (int)days, (long)microseconds);

    public static SqlValue Negate(SqlValue value) => value.Kind switch
    {
        SqlKind.Integer => Whole(-(Int128)value.AsInteger),
        SqlKind.Decimal => SqlValue.Decimal(-value.AsDecimal),
        SqlKind.Double => SqlValue.Double(-value.AsDouble),
        SqlKind.Interval => Span(-(Int128)value.Months, -(Int128)value.Days, -(Int128)value.AsInteger),
        SqlKind.Null or SqlKind.NotEvaluable => value,
        _ => SqlValue.NotEvaluable($"- {value.Kind} is not evaluated"),
    };

    public static SqlValue Subtract(SqlValue left, SqlValue right)
    {
        if (left.Kind == SqlKind.Integer && right.Kind == SqlKind.Integer) return Whole((Int128)left.AsInteger - right.AsInteger);
        if (left.IsNumber && right.IsNumber || right.Kind is SqlKind.Interval or SqlKind.Integer && !left.IsNumber) return Add(left, Negate(right));
        return (left.Kind, right.Kind) switch
        {
            (SqlKind.Date or SqlKind.Timestamp or SqlKind.TimestampTz, _) when Math.Abs(left.AsInteger) == SqlValue.Infinity
                || Math.Abs(right.AsInteger) == SqlValue.Infinity =>
                SqlValue.NotEvaluable("an infinite difference"),
            (SqlKind.Date, SqlKind.Date) => SqlValue.Integer(left.AsInteger - right.AsInteger),
            (SqlKind.Time, SqlKind.Time) => SqlValue.Interval(0, 0, left.AsInteger - right.AsInteger),
            (SqlKind.Date or SqlKind.Timestamp or SqlKind.TimestampTz, SqlKind.Date or SqlKind.Timestamp or SqlKind.TimestampTz) =>
                Difference(Micro(left) - Micro(right)),
            _ => Unknown("-", left, right),
        };
    }

    static Int128 Micro(SqlValue value) => value.Kind == SqlKind.Date ? (Int128)value.AsInteger * SqlTime.Day : value.AsInteger;

    static SqlValue Difference(Int128 microseconds) => Span(0, microseconds / SqlTime.Day, microseconds % SqlTime.Day);

    public static SqlValue Multiply(SqlValue left, SqlValue right)
    {
        if (left.Kind == SqlKind.Integer && right.Kind == SqlKind.Integer) return Whole((Int128)left.AsInteger * right.AsInteger);
        if (IsDouble(left, right)) return Real(SqlCompare.ToDouble(left) * SqlCompare.ToDouble(right), left, right);
        if (left.IsNumber && right.IsNumber) return SqlNumber.Multiply(SqlCompare.ToDecimal(left), SqlCompare.ToDecimal(right));
        if (left.Kind == SqlKind.Interval && right.Kind == SqlKind.Integer)
            return Span((Int128)left.Months * right.AsInteger, (Int128)left.Days * right.AsInteger, (Int128)left.AsInteger * right.AsInteger);
        return left.Kind == SqlKind.Integer && right.Kind == SqlKind.Interval ? Multiply(right, left) : Unknown("*", left, right);
    }

    public static SqlValue Divide(SqlValue left, SqlValue right)
    {
        if (left.IsNumber && right.IsNumber && SqlCompare.ToDouble(right) == 0) return SqlValue.Error("division by zero");
        if (left.Kind == SqlKind.Integer && right.Kind == SqlKind.Integer) return Whole((Int128)left.AsInteger / right.AsInteger);
        if (IsDouble(left, right)) return Real(SqlCompare.ToDouble(left) / SqlCompare.ToDouble(right), left, right);
        return left.IsNumber && right.IsNumber ? SqlNumber.Divide(SqlCompare.ToDecimal(left), SqlCompare.ToDecimal(right))
            : Unknown("/", left, right);
    }

    public static SqlValue Remainder(SqlValue left, SqlValue right)
    {
        if (!left.IsNumber || !right.IsNumber || IsDouble(left, right)) return Unknown("%", left, right);
        if (SqlCompare.ToDecimal(right) == 0) return SqlValue.Error("division by zero");
        if (left.Kind == SqlKind.Integer && right.Kind == SqlKind.Integer) return Whole((Int128)left.AsInteger % right.AsInteger);
        var (a, b) = (SqlCompare.ToDecimal(left), SqlCompare.ToDecimal(right));
        return SqlNumber.Round(a % b, Math.Max(a.Scale, b.Scale));
    }

    /// <summary>Whole powers of whole numbers alone: the rest is rounded in ways that differ from platform to platform.</summary>
    public static SqlValue Power(SqlValue left, SqlValue right)
    {
        if (Whole(right) is not (>= 0 and <= 64 and var exponent) || Whole(left) is not { } whole) return Unknown("^", left, right);
        var result = SqlValue.Integer(1);
        for (var i = 0; i < exponent && result.IsEvaluable; i++) result = Multiply(result, SqlValue.Integer(whole));
        if (!result.IsEvaluable) return SqlValue.NotEvaluable("a power out of range");
        var isExact = left.Kind != SqlKind.Double && right.Kind != SqlKind.Double && (left.Kind == SqlKind.Decimal || right.Kind == SqlKind.Decimal);
        return isExact ? SqlValue.Decimal(result.AsInteger)
            : Math.Abs(result.AsInteger) <= 1L << 53 ? SqlValue.Double(result.AsInteger) : Unknown("^", left, right);
    }

    static long? Whole(SqlValue value) => value.Kind switch
    {
        SqlKind.Integer => value.AsInteger,
        SqlKind.Decimal when decimal.IsInteger(value.AsDecimal) && Math.Abs(value.AsDecimal) < long.MaxValue => (long)value.AsDecimal,
        SqlKind.Double when double.IsInteger(value.AsDouble) && Math.Abs(value.AsDouble) <= 1L << 53 => (long)value.AsDouble,
        _ => null,
    };

    public static SqlValue Bitwise(string symbol, SqlValue left, SqlValue right)
    {
        if (left.Kind != SqlKind.Integer || right.Kind != SqlKind.Integer) return Unknown(symbol, left, right);
        var (a, b) = (left.AsInteger, right.AsInteger);
        if (symbol is "<<" or ">>" && b is < 0 or > 31) return SqlValue.NotEvaluable("a shift whose result depends on the integer's width");
        return symbol switch
        {
            "&" => SqlValue.Integer(a & b),
            "|" => SqlValue.Integer(a | b),
            ">>" => SqlValue.Integer(a >> (int)b),
            "<<" => a << (int)b is var shifted && shifted is >= int.MinValue and <= int.MaxValue && a is >= int.MinValue and <= int.MaxValue
                ? SqlValue.Integer(shifted) : SqlValue.NotEvaluable("a shift whose result depends on the integer's width"),
            _ => SqlValue.Integer(a ^ b),
        };
    }

    public static SqlValue Abs(SqlValue value) => value.Kind switch
    {
        SqlKind.Integer => value.AsInteger < 0 ? Negate(value) : value,
        SqlKind.Decimal => SqlValue.Decimal(Math.Abs(value.AsDecimal)),
        SqlKind.Double => SqlValue.Double(Math.Abs(value.AsDouble)),
        SqlKind.Null or SqlKind.NotEvaluable => value,
        _ => SqlValue.NotEvaluable($"abs of {value.Kind} is not evaluated"),
    };
}
