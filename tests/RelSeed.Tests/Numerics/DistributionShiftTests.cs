using FsCheck;
using FsCheck.Fluent;
using RelSeed.Numerics;

namespace RelSeed.Tests.Numerics;

public sealed class DistributionShiftTests
{
    [Fact]
    public void The_stability_index_is_the_symmetric_divergence_less_what_chance_gives()
    {
        // (.6 - .4) ln (.6 / .4) twice, once with each sign.
        var divergence = 2 * 0.2 * Math.Log(1.5);
        Assert.Equal(divergence - 0.02, DistributionShift.Psi([40, 60], [60, 40]), 12);
        Assert.Equal(divergence - 0.0002, DistributionShift.Psi([4000, 6000], [6000, 4000]), 12);
        Assert.Equal(0, DistributionShift.Psi([50, 50], [49, 51]));
    }

    [Fact]
    public void A_bin_that_one_side_lacks_counts_as_half_a_row() => Assert.InRange(DistributionShift.Psi([1000, 0], [900, 100]), 0.5, 0.6);

    [Fact]
    public void An_empty_side_has_not_moved()
    {
        Assert.Equal(0, DistributionShift.Psi([0, 0], [5, 5]));
        Assert.Equal(0, DistributionShift.KolmogorovSmirnov([], [1]));
    }

    [Fact]
    public void The_distance_is_the_widest_gap()
    {
        Assert.Equal(0, DistributionShift.KolmogorovSmirnov([1, 2, 2, 3], [1, 2, 2, 3]));
        Assert.Equal(1, DistributionShift.KolmogorovSmirnov([1, 2], [3, 4]));
        Assert.Equal(0.5, DistributionShift.KolmogorovSmirnov([1, 1, 2, 2], [2, 2, 2, 2]));
    }

    [Fact]
    public void Any_two_samples_lie_between_0_and_1_and_alike_from_both_sides() =>
        Prop.ForAll(ArbMap.Default.ArbFor<short[]>(), ArbMap.Default.ArbFor<short[]>(), (a, b) =>
    {
        var (left, right) = (Array.ConvertAll(a, x => (double)x), Array.ConvertAll(b, x => (double)x));
        Array.Sort(left);
        Array.Sort(right);
        var ks = DistributionShift.KolmogorovSmirnov(left, right);
        return ks is >= 0 and <= 1 && ks == DistributionShift.KolmogorovSmirnov(right, left) && DistributionShift.KolmogorovSmirnov(left, left) == 0;
    }).QuickCheckThrowOnFailure();
}
