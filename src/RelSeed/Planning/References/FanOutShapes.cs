using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Assumed spreads of children over parents, from skewed to even; the first that keeps within a group's capacity is taken.</summary>
static class FanOutShapes
{
    static readonly (double ZeroShare, double[] Weights)[] All =
    [
        (0.08, [0.10, 0.14, 0.18, 0.22, 0.27, 0.32, 0.38, 0.45, 0.53, 0.63, 0.75, 0.90, 1.10, 1.40, 2.00, 3.20, 7.00]),
        (0.03, [0.40, 0.50, 0.60, 0.70, 0.80, 0.90, 1.00, 1.15, 1.35, 1.70]),
        (0.00, [0.80, 0.90, 1.00, 1.10, 1.20]),
        (0.00, [1, 1]),
    ];

    /// <param name="largest">The most children a parent may have.</param>
    /// <param name="key">Key of the draws, as generation will use it.</param>
    /// <param name="least">The fewest children a parent may have.</param>
    /// <returns>Null when even the even spread has a larger group.</returns>
    public static FanOutReference? Fitting(ulong key, long parents, long children, long largest, long least = 0)
    {
        foreach (var (zero, weights) in All)
        {
            if (least > 0 && (zero > 0 || Index(key, parents, children, zero, weights).SmallestGroup() < least)) continue;
            if (largest == long.MaxValue || Index(key, parents, children, zero, weights).LargestGroup() <= largest)
                return new FanOutReference(zero, weights.ToEquatableArray());
        }
        return null;
    }

    public static FanOutIndex Index(ulong key, long parents, long children, double zeroShare, ReadOnlySpan<double> weights, long least = 0) =>
        new(key, parents, children, new FanOutShape(zeroShare, weights), least);

    /// <summary>Children of a tree's rows: about every other row has some.</summary>
    public static (double ZeroShare, EquatableArray<double> Weights) Tree { get; } = (0.3, [0.3, 0.6, 1.0, 1.5, 2.5]);
}
