using FsCheck;
using FsCheck.Fluent;
using RelSeed.Generation.Learned;
using RelSeed.Numerics;

namespace RelSeed.Tests.Learned;

public sealed class EvenDrawsTests
{
    static ulong[] Words(ulong stream, int count, EvenDraws? draws = null)
    {
        draws ??= new EvenDraws(5);
        return [.. Enumerable.Range(0, count).Select(i => draws.Word(stream, place: 3, rest: CounterRandom.At(9, i)))];
    }

    [Theory, InlineData(2), InlineData(16), InlineData(1024)]
    public void Of_the_first_words_one_lies_in_each_equal_part(int count)
    {
        var width = ulong.MaxValue / (ulong)count + 1;
        for (ulong stream = 0; stream < 20; stream++) Assert.Equal(count, Words(stream, count).Select(w => w / width).Distinct().Count());
    }

    [Fact]
    public void Two_streams_tell_nothing_of_one_another()
    {
        var draws = new EvenDraws(5);
        var (a, b) = (Words(1, 4096, draws), Words(2, 4096, draws));
        var both = a.Zip(b, (x, y) => (int)(x >> 62) * 4 + (int)(y >> 62)).CountBy(c => c).Select(c => c.Value).ToList();
        Assert.Equal(16, both.Count);
        Assert.All(both, n => Assert.InRange(n, 180, 340));
    }

    [Fact]
    public void Each_slot_comes_once_before_any_comes_again()
    {
        var draws = new EvenDraws(5);
        for (var round = 0; round < 3; round++)
            Assert.Equal(Enumerable.Range(0, 37), Enumerable.Range(0, 37).Select(_ => (int)CounterRandom.Below(draws.Slot(1, 37), 37)).Order());
    }

    [Fact]
    public void Any_capacities_are_taken_to_the_last() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<ulong>(), (sizes, key) =>
    {
        var children = sizes.Select(s => s % 7).ToArray();
        var left = new Capacities(children);
        var taken = new int[children.Length];
        for (var i = 0; left.Below(children.Length) > 0; i++) taken[left.Take((long)CounterRandom.Below(CounterRandom.At(key, i), (ulong)left.Below(children.Length)))]++;
        return taken.SequenceEqual(children);
    }).QuickCheckThrowOnFailure();
}
