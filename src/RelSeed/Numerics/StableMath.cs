namespace RelSeed.Numerics;

/// <summary>Logarithm, exponential and normal quantile by +, -, *, / and square root only, which IEEE 754 fixes to the bit: the same on
/// every platform, unlike the C runtime's. For making tables, not for loops over rows.</summary>
public static class StableMath
{
    const double Ln2 = 0.693147180559945309;
    const double SqrtHalf = 0.70710678118654752;

    /// <summary>Natural logarithm; relative error below 1e-14.</summary>
    /// <param name="x">Above 0 and finite.</param>
    public static double Ln(double x)
    {
        if (!(x > 0) || double.IsInfinity(x)) throw new ArgumentOutOfRangeException(nameof(x));
        var exponent = 0;
        if (x < 2.2250738585072014E-308) (x, exponent) = (x * (1L << 54), -54);
        var bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1022;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FE0000000000000);
        if (mantissa < SqrtHalf) (mantissa, exponent) = (mantissa * 2, exponent - 1);
        var s = (mantissa - 1) / (mantissa + 1);
        double square = s * s, power = s, sum = 0;
        for (var k = 1; k <= 31; k += 2)
        {
            sum += power / k;
            power *= square;
        }
        return 2 * sum + exponent * Ln2;
    }

    /// <summary>e^x; relative error below 1e-14; 0 and infinity beyond the range of doubles.</summary>
    public static double Exp(double x)
    {
        if (x > 709.7) return double.PositiveInfinity;
        if (x < -708) return 0;
        var halvings = (long)(x / Ln2 + (x < 0 ? -0.5 : 0.5));
        var rest = x - halvings * Ln2;
        double term = 1, sum = 1;
        for (var k = 1; k <= 22; k++)
        {
            term = term * rest / k;
            sum += term;
        }
        return sum * BitConverter.Int64BitsToDouble((halvings + 1023) << 52);
    }

    /// <summary>The standard normal distribution's quantile; relative error below 1.2e-9.</summary>
    /// <param name="p">Strictly between 0 and 1.</param>
    /// <remarks>Rational approximation by P. J. Acklam.</remarks>
    public static double NormalQuantile(double p)
    {
        if (!(p > 0 && p < 1)) throw new ArgumentOutOfRangeException(nameof(p));
        const double Low = 0.02425;
        if (p < Low) return Tail(Math.Sqrt(-2 * Ln(p)));
        if (p > 1 - Low) return -Tail(Math.Sqrt(-2 * Ln(1 - p)));
        var q = p - 0.5;
        var r = q * q;
        return (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.3577518672690) * r - 30.66479806614716) * r
                + 2.506628277459239) * q
            / (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1);
    }

    static double Tail(double q) =>
        (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q
            + 2.938163982698783)
        / ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);

    static readonly long[] Powers =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>10^digits.</summary>
    /// <param name="digits">From 0 to 18.</param>
    public static long PowerOfTen(int digits) => Powers[digits];
}
