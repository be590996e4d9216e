using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RelSeed.Learning.DifferentialPrivacy;

/// <summary>Whole numbers by the discrete Gaussian distribution, drawn exactly: no floating point whose last digits would give a count
/// away.</summary>
/// <remarks>Canonne, Kamath and Steinke, The discrete Gaussian for differential privacy (NeurIPS 2020), algorithms 1 to 3.</remarks>
/// <param name="fill">Fills bytes with uniform bits that nobody can know.</param>
sealed class DiscreteGaussian(DiscreteGaussian.FillBytes fill)
{
    public delegate void FillBytes(Span<byte> bytes);

    /// <summary>Beyond it products would overflow.</summary>
    public const long MostVariance = 1_000_000_000_000;

    readonly ulong[] _words = new ulong[512];
    int _left;

    /// <summary>Noise of the operating system, which nobody can repeat.</summary>
    public static DiscreteGaussian Secret() => new(RandomNumberGenerator.Fill);

    /// <param name="variance">From 1 to <see cref="MostVariance"/>.</param>
    public long Next(long variance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(variance, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(variance, MostVariance);
        var scale = (long)Math.Sqrt(variance) + 1;
        while (true)
        {
            var candidate = Laplace(scale);
            var distance = (Int128)Math.Abs(candidate) * scale - variance;
            if (IsExpMinus((UInt128)(distance * distance), (UInt128)2 * (UInt128)variance * (UInt128)scale * (UInt128)scale)) return candidate;
        }
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => (Word() >> 11) * (1.0 / (1UL << 53));

    // Two-sided geometric: P(x) as exp(-|x| / scale).
    long Laplace(long scale)
    {
        while (true)
        {
            var rest = (long)Below((UInt128)scale);
            if (!IsExpMinus((UInt128)rest, (UInt128)scale)) continue;
            long whole = 0;
            while (IsExpMinus(1, 1)) whole++;
            var size = rest + scale * whole;
            var isNegative = (Word() & 1) == 1;
            if (isNegative && size == 0) continue;
            return isNegative ? -size : size;
        }
    }

    // True with probability exp(-numerator / denominator).
    bool IsExpMinus(UInt128 numerator, UInt128 denominator)
    {
        for (; numerator > denominator; numerator -= denominator)
            if (!IsExpMinusAtMostOne(1, 1)) return false;
        return IsExpMinusAtMostOne(numerator, denominator);
    }

    bool IsExpMinusAtMostOne(UInt128 numerator, UInt128 denominator)
    {
        UInt128 k = 1;
        while (Below(denominator * k) < numerator) k++;
        return (k & 1) == 1;
    }

    UInt128 Below(UInt128 bound)
    {
        var bits = 128 - (int)UInt128.LeadingZeroCount(bound - 1);
        while (true)
        {
            var word = bits <= 64 ? Word() : new UInt128(Word(), Word());
            var candidate = bits == 0 ? 0 : word & (UInt128.MaxValue >> (128 - bits));
            if (candidate < bound) return candidate;
        }
    }

    ulong Word()
    {
        if (_left == 0)
        {
            fill(MemoryMarshal.AsBytes(_words.AsSpan()));
            _left = _words.Length;
        }
        return _words[--_left];
    }
}
