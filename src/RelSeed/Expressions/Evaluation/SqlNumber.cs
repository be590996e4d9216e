using System.Globalization;
using System.Numerics;

namespace RelSeed.Expressions;

/// <summary>Numbers out of text, and PostgreSQL's exact decimals, as far as 28 digits go.</summary>
static class SqlNumber
{
    const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static SqlValue Parse(string text, bool asDouble)
    {
        if (asDouble)
            return double.TryParse(text, Style, CultureInfo.InvariantCulture, out var real) ? SqlValue.Double(real)
                : SqlValue.Error("a text is no number");
        return ParseDecimal(text.Trim());
    }

    public static SqlValue ParseDecimal(string text)
    {
        switch (text.ToLowerInvariant())
        {
            case "nan":
                return SqlValue.Double(double.NaN);
            case "infinity" or "inf" or "+infinity":
                return SqlValue.Double(double.PositiveInfinity);
            case "-infinity" or "-inf":
                return SqlValue.Double(double.NegativeInfinity);
        }
        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out _)) return SqlValue.Error("a text is no number");
        var digits = text.AsSpan().TrimStart("+-0.").IndexOfAny('e', 'E') is var exponent and >= 0 ? exponent : text.Length;
        return digits <= 28 && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var value) && KeepsDigits(text, value)
            ? SqlValue.Decimal(value)
            : SqlValue.NotEvaluable("a number of more than 28 digits");
    }

    /// <summary>.NET rounds what does not fit; an exact value has as many decimals as were written.</summary>
    static bool KeepsDigits(string text, decimal value)
    {
        if (text.AsSpan().IndexOfAny('e', 'E') >= 0) return value != 0;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return value.Scale == (point < 0 ? 0 : text.Length - point - 1);
    }

    /// <summary>value × 10^scale and the scale.</summary>
    static (BigInteger Unscaled, int Scale) Parts(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var unscaled = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return (value < 0 ? -unscaled : unscaled, value.Scale);
    }

    static SqlValue Build(BigInteger unscaled, int scale)
    {
        var magnitude = BigInteger.Abs(unscaled);
        if (scale > 28 || magnitude >> 96 != 0) return SqlValue.NotEvaluable("a number of more than 28 digits");
        var (low, mid, high) = ((uint)(magnitude & uint.MaxValue), (uint)((magnitude >> 32) & uint.MaxValue), (uint)(magnitude >> 64));
        return SqlValue.Decimal(new decimal((int)low, (int)mid, (int)high, unscaled.Sign < 0, (byte)scale));
    }

    /// <summary>With as many decimals as PostgreSQL computes (its select_div_scale).</summary>
    public static SqlValue Divide(decimal left, decimal right)
    {
        if (right == 0) return SqlValue.Error("division by zero");
        var weight = Weight(left) - Weight(right);
        if (FirstDigit(left) <= FirstDigit(right)) weight--;
        var scale = Math.Max(Math.Max(16 - weight * 4, Math.Max(left.Scale, right.Scale)), 0);
        var (a, b) = (Parts(left), Parts(right));
        var shift = scale + b.Scale - a.Scale;
        var numerator = shift >= 0 ? a.Unscaled * BigInteger.Pow(10, shift) : a.Unscaled;
        var denominator = shift >= 0 ? b.Unscaled : b.Unscaled * BigInteger.Pow(10, -shift);
        return Build(DivideRounding(numerator, denominator), scale);
    }

    static BigInteger DivideRounding(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        return BigInteger.Abs(rest) * 2 >= BigInteger.Abs(denominator) ? quotient + numerator.Sign * denominator.Sign : quotient;
    }

    /// <summary>Position of the first digit in base 10000.</summary>
    static int Weight(decimal value)
    {
        value = Math.Abs(value);
        var weight = 0;
        if (value == 0) return 0;
        for (; value >= 10_000; value /= 10_000) weight++;
        for (; value < 1; value *= 10_000) weight--;
        return weight;
    }

    static int FirstDigit(decimal value)
    {
        value = Math.Abs(value);
        if (value == 0) return 0;
        while (value >= 10_000) value /= 10_000;
        while (value < 1) value *= 10_000;
        return (int)value;
    }

    public static SqlValue Multiply(decimal left, decimal right)
    {
        var (a, b) = (Parts(left), Parts(right));
        return Build(a.Unscaled * b.Unscaled, a.Scale + b.Scale);
    }

    public static SqlValue Add(decimal left, decimal right)
    {
        var (a, b) = (Parts(left), Parts(right));
        var scale = Math.Max(a.Scale, b.Scale);
        return Build(a.Unscaled * BigInteger.Pow(10, scale - a.Scale) + b.Unscaled * BigInteger.Pow(10, scale - b.Scale), scale);
    }

    /// <summary>Half away from zero; digits may be negative.</summary>
    public static SqlValue Round(decimal value, int digits, bool truncate = false)
    {
        if (digits is < -28 or > 28) return SqlValue.NotEvaluable("a number of more than 28 digits");
        var (unscaled, scale) = Parts(value);
        if (digits >= scale) return Build(unscaled * BigInteger.Pow(10, digits - scale), digits);
        var divisor = BigInteger.Pow(10, scale - digits);
        var rounded = truncate ? unscaled / divisor : DivideRounding(unscaled, divisor);
        return digits >= 0 ? Build(rounded, digits) : Build(rounded * BigInteger.Pow(10, -digits), 0);
    }
}
