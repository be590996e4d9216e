using FsCheck;
using FsCheck.Fluent;
using RelSeed.Numerics;

namespace RelSeed.Tests.Numerics;

public class PermutationTests
{
    [Fact]
    public void Any_size_is_permuted_without_a_repeat() =>
        Prop.ForAll(Gen.Choose(1, 3_000).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (size, key) =>
        {
            var order = new Permutation((ulong)key, size);
            var seen = new bool[size];
            for (var i = 0; i < size; i++) seen[order.At(i)] = true;
            return seen.All(s => s);
        }).QuickCheckThrowOnFailure();

    [Theory, InlineData(1L << 62), InlineData((1L << 62) - 1), InlineData(3_000_000_019)]
    public void A_large_domain_is_left_by_no_value(long size)
    {
        var order = new Permutation(7, size);
        var values = Enumerable.Range(0, 10_000).Select(i => order.At(size - 1 - i)).ToHashSet();
        Assert.Equal(10_000, values.Count);
        Assert.All(values, v => Assert.InRange(v, 0, size - 1));
    }

    [Fact]
    public void Another_key_gives_another_order()
    {
        var (one, two) = (new Permutation(1, 1_000), new Permutation(2, 1_000));
        Assert.True(Enumerable.Range(0, 1_000).Count(i => one.At(i) == two.At(i)) < 20);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData((1L << 62) + 1)]
    public void A_size_out_of_range_is_refused(long size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Permutation(1, size));
}
