using RelSeed.Generation;
using RelSeed.Learning.Sampling;
using RelSeed.Numerics;

namespace RelSeed.Tests.Learning;

public sealed class HashIndexTests
{
    [Fact]
    public void The_first_number_of_a_hash_stays_however_many_follow()
    {
        var index = new HashIndex();
        for (var i = 0; i < 10_000; i++)
        {
            index.Add(Hash(i), i);
            index.Add(Hash(i / 2), -2);
        }
        Span<int> found = new int[10_001];
        index.Find([.. Enumerable.Range(0, 10_001).Select(Hash)], found);
        Assert.Equal([.. Enumerable.Range(0, 10_000), -1], found.ToArray());
    }

    [Fact]
    public void No_key_is_found_nowhere()
    {
        var index = new HashIndex();
        index.Add(KeyHash.None, 1);
        Assert.Equal(-1, index.Find(KeyHash.None));
    }

    [Fact]
    public void Hashes_that_meet_in_one_place_are_told_apart()
    {
        var index = new HashIndex();
        for (var i = 1UL; i <= 40; i++) index.Add(i << 32, (int)i);
        Assert.All(Enumerable.Range(1, 40), i => Assert.Equal(i, index.Find((ulong)i << 32)));
    }

    [Fact]
    public void A_key_of_several_columns_is_none_where_one_is_null()
    {
        var (first, second) = (new Int64Vector(), new BytesVector());
        first.Reset(3);
        second.Reset(3);
        for (var row = 0; row < 3; row++)
        {
            first.Values[row] = 7;
            if (row == 1) second.CopyNullRow(row);
            else second.Append("x"u8);
        }
        var hashes = new ulong[3];
        KeyHash.Of(new RowSlice(3, [first, second]), [0, 1], hashes);
        Assert.Equal(KeyHash.None, hashes[1]);
        Assert.Equal(hashes[0], hashes[2]);
        Assert.NotEqual(KeyHash.None, hashes[0]);
    }

    [Fact]
    public void Different_values_are_counted_exactly_while_they_are_few_and_nearly_when_many()
    {
        var (few, many) = (new DistinctSketch(), new DistinctSketch());
        for (var i = 0; i < 100_000; i += 1_000)
        {
            few.Add([.. Enumerable.Range(i, 1_000).Select(n => Hash(n % 7)), KeyHash.None]);
            many.Add([.. Enumerable.Range(i, 1_000).Select(n => Hash(n / 2))]);
        }
        Assert.Equal(7, few.Estimate);
        Assert.InRange(many.Estimate, 45_000, 55_000);
    }

    [Fact]
    public void Texts_are_numbered_as_they_come()
    {
        var texts = new TextNumbers();
        Assert.Equal([0, 1, 0, 2, 1], new[] { "a", "", "a", "b", "" }.Select(t => texts.NumberOf(t)));
        Assert.Equal(["a", "", "b"], texts.Texts);
    }

    static ulong Hash(int i) => CounterRandom.Mix((ulong)i + 1);
}
