using RelSeed.Numerics;

namespace RelSeed.Tests.Numerics;

public class CounterRandomTests
{
    [Fact]
    public void Keys_tell_names_and_their_borders_apart()
    {
        ulong[] keys =
        [
            StableHash.Key(1, "orders", "id"), StableHash.Key(1, "ordersid"), StableHash.Key(1, "orders", "id", ""),
            StableHash.Key(2, "orders", "id"), StableHash.Key(1, "id", "orders"),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    // Golden: a changed word would change every row ever generated.
    [Fact]
    public void Words_are_the_same_for_ever() =>
        Assert.Equal(14904116949362557181UL, CounterRandom.At(StableHash.Key(42, "orders", "quantity"), 0));

    [Fact]
    public void Words_spread_evenly()
    {
        var buckets = new int[64];
        for (var i = 0; i < 64_000; i++) buckets[CounterRandom.Below(CounterRandom.At(9, i), 64)]++;
        var chiSquare = buckets.Sum(b => (b - 1_000.0) * (b - 1_000.0) / 1_000.0);
        Assert.InRange(chiSquare, 30, 110);
    }

    [Fact]
    public void An_alias_table_draws_by_weight()
    {
        var table = new AliasTable([5, 3, 0, 2]);
        var counts = new int[4];
        for (var i = 0; i < 100_000; i++) counts[table.Draw(CounterRandom.At(3, i))]++;
        Assert.InRange(counts[0], 49_000, 51_000);
        Assert.InRange(counts[1], 29_000, 31_000);
        Assert.Equal(0, counts[2]);
        Assert.InRange(counts[3], 19_000, 21_000);
    }

    [Theory, InlineData(new double[] { -1, 2 }), InlineData(new[] { 0.0, 0.0 }), InlineData(new[] { double.NaN, 1 }),
        InlineData(new[] { double.PositiveInfinity, 1 })]
    public void Weights_that_are_none_are_refused(double[] weights) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AliasTable(weights));
}
