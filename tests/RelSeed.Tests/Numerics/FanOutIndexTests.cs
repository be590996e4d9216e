using FsCheck;
using FsCheck.Fluent;
using RelSeed.Numerics;

namespace RelSeed.Tests.Numerics;

public class FanOutIndexTests
{
    static readonly FanOutShape Skewed = new(0.2, [0.1, 0.3, 1, 5]);

    static FanOutIndex Make(int parents, int children, FanOutShape? shape = null) => new(42, parents, children, shape ?? Skewed);

    [Fact]
    public void Any_row_lies_in_the_group_of_its_parent() =>
        Prop.ForAll(Gen.Choose(1, 700).ToArbitrary(), Gen.Choose(1, 3_000).ToArbitrary(), (parents, children) =>
        {
            var index = Make(parents, children);
            long[] rows = [.. Enumerable.Range(0, children).Select(i => (long)i)], found = new long[children], ordinals = new long[children];
            index.Locate(rows, found, ordinals);
            return rows.All(r => index.FirstChild(found[r]) + ordinals[r] == r && r < index.FirstChild(found[r] + 1));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_in_any_order_have_the_same_parents()
    {
        var index = Make(1_000, 10_000);
        long[] forward = [.. Enumerable.Range(0, 10_000).Select(i => (long)i)];
        long[] backward = [.. forward.Reverse()];
        long[] parents = new long[10_000], ordinals = new long[10_000], parentsBack = new long[10_000], ordinalsBack = new long[10_000];
        index.Locate(forward, parents, ordinals);
        index.Locate(backward, parentsBack, ordinalsBack);
        Assert.Equal(parents, parentsBack.Reverse());
        Assert.Equal(ordinals, ordinalsBack.Reverse());
    }

    [Fact]
    public void An_even_spread_never_passes_the_rounded_up_mean() =>
        Prop.ForAll(Gen.Choose(1, 5_000).ToArbitrary(), Gen.Choose(0, 40_000).ToArbitrary(), (parents, children) =>
            Make(parents, children, FanOutShape.Even).LargestGroup() <= (children + parents - 1) / parents).QuickCheckThrowOnFailure();

    [Fact]
    public void About_the_zero_share_of_the_parents_has_no_children()
    {
        var index = Make(10_000, 1_000_000);
        var empty = Enumerable.Range(0, 10_000).Count(p => index.FirstChild(p) == index.FirstChild(p + 1));
        Assert.InRange(empty, 1_800, 2_200);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Few_parents_always_take_all_children(int parents)
    {
        for (ulong key = 0; key < 50; key++)
            Assert.Equal(100, new FanOutIndex(key, parents, 100, Skewed).FirstChild(parents));
    }
}
