using System.Runtime.CompilerServices;

namespace RelSeed.Numerics;

/// <summary>A distribution as 257 knots of its quantile function, read by linear interpolation: one 64-bit word gives one draw.</summary>
public sealed class QuantileTable
{
    const int Segments = 256;

    // Beyond these shares the tails are cut, since their quantiles may be infinite.
    const double LowestShare = 0.0005, HighestShare = 1 - LowestShare;
    readonly double[] _knots = new double[Segments + 1];

    QuantileTable(Func<double, double> quantile, double min, double max)
    {
        var low = ShareBelow(quantile, min);
        var high = ShareBelow(quantile, max);
        // An interval in a far tail of the distribution holds nothing of its shape.
        var isTail = high - low < 0.01;
        for (var k = 0; k <= Segments; k++)
        {
            var share = (double)k / Segments;
            _knots[k] = isTail ? min + share * (max - min) : Math.Clamp(quantile(low + share * (high - low)), min, max);
        }
    }

    /// <summary>The value at a share of the range that 64 uniform bits name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Draw(ulong word)
    {
        ref var knot = ref _knots[(int)(word >> 56)];
        var low = knot;
        return low + (word << 8 >> 11) * (1.0 / (1UL << 53)) * (Unsafe.Add(ref knot, 1) - low);
    }

    /// <param name="min">Finite, at most <paramref name="max"/>.</param>
    public static QuantileTable Uniform(double min, double max) => new(share => min + share * (max - min), min, max);

    /// <summary>A normal distribution cut to [min, max].</summary>
    public static QuantileTable Normal(double mean, double deviation, double min, double max) =>
        new(share => mean + deviation * StableMath.NormalQuantile(share), min, max);

    /// <summary>A log-normal distribution cut to [min, max].</summary>
    /// <param name="median">Above 0.</param>
    /// <param name="sigma">Deviation of the logarithm: 0.5 mild, 1 strong, 1.5 heavy.</param>
    public static QuantileTable LogNormal(double median, double sigma, double min, double max) =>
        new(share => median * StableMath.Exp(sigma * StableMath.NormalQuantile(share)), min, max);

    /// <summary>An exponential distribution from min on, cut to [min, max].</summary>
    /// <param name="mean">Distance of the mean from <paramref name="min"/>; above 0.</param>
    public static QuantileTable Exponential(double mean, double min, double max) =>
        new(share => min - mean * StableMath.Ln(1 - share), min, max);

    // Bisection on the quantile function itself, so that no distribution function is needed.
    static double ShareBelow(Func<double, double> quantile, double value)
    {
        double low = LowestShare, high = HighestShare;
        if (quantile(low) >= value) return low;
        if (quantile(high) <= value) return high;
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            if (quantile(middle) < value) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
