using System.Runtime.CompilerServices;

namespace RelSeed.Numerics;

/// <summary>Chance as a function: the word at a counter of a keyed stream. The only source of chance in generation.</summary>
/// <remarks>The stream is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) with Stafford's mixer 13, read at any position.</remarks>
public static class CounterRandom
{
    const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>64 uniform bits for a row of a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong At(ulong key, long counter) => Mix(key + ((ulong)counter + 1) * Golden);

    /// <summary>A key of its own for a further draw of the same column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Derive(ulong key, ulong purpose) => Mix(Mix(key ^ 0xD1B54A32D192ED03) + purpose * Golden);

    /// <summary>Maps 64 uniform bits to [0, bound) by the high word of their product; bias below bound / 2^64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Below(ulong word, ulong bound) => Math.BigMul(word, bound, out _);

    /// <summary>Maps 64 uniform bits to a double in [0, 1), a multiple of 2^-53.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToUnit(ulong word) => (word >> 11) * (1.0 / (1UL << 53));

    /// <summary>The threshold below which a word falls with the given probability.</summary>
    public static ulong Threshold(double probability) =>
        probability <= 0 ? 0 : probability >= 1 ? ulong.MaxValue : (ulong)(probability * 18446744073709551616.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
