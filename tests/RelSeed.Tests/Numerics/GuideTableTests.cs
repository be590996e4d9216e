using FsCheck;
using FsCheck.Fluent;
using RelSeed.Numerics;

namespace RelSeed.Tests.Numerics;

public sealed class GuideTableTests
{
    [Fact]
    public void Indexes_come_as_often_as_their_weights_say()
    {
        var table = new GuideTable([1, 0, 3, 6]);
        var counts = new int[4];
        for (var i = 0; i < 100_000; i++) counts[table.Draw(CounterRandom.At(1, i))]++;
        Assert.InRange(counts[0], 9_600, 10_400);
        Assert.Equal(0, counts[1]);
        Assert.InRange(counts[2], 29_300, 30_700);
    }

    [Fact]
    public void Any_weights_draw_what_a_search_of_their_sums_finds() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<ulong>(), (bytes, key) =>
    {
        double[] weights = [.. bytes.Select(b => b % 3 == 0 ? 0 : (double)b), 1, 0];
        var table = new GuideTable(weights);
        double total = weights.Sum(), sum = 0;
        var ends = weights.Select(w => CounterRandom.Threshold((sum += w) / total)).ToArray();
        ulong[] words = [0, ulong.MaxValue, .. Enumerable.Range(0, 50).Select(i => CounterRandom.At(key, i)), .. ends, .. ends.Select(e => e - 1)];
        return Array.TrueForAll(words, word =>
        {
            var found = Array.FindIndex(ends, end => word < end);
            // Behind the last sum, which the greatest word reaches, stands the last index with a weight.
            return table.Draw(word) == (found < 0 ? Array.FindLastIndex(weights, w => w > 0) : found);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Words_that_lie_evenly_draw_evenly()
    {
        var table = new GuideTable([2, 1, 1]);
        Assert.Equal([0, 0, 1, 2], Enumerable.Range(0, 4).Select(i => table.Draw((ulong)i << 62 | 1UL << 61)));
    }
}
