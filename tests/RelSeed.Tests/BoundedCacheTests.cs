namespace RelSeed.Tests;

public sealed class BoundedCacheTests
{
    [Fact]
    public void A_value_is_made_once_while_it_is_kept()
    {
        var (cache, made) = (new BoundedCache<string, int>(capacity: 2), new List<string>());
        int Ask(string key) => cache.Get(key, k =>
        {
            made.Add(k);
            return k.Length;
        });

        Assert.Equal([3, 3, 4], [Ask("one"), Ask("one"), Ask("four")]);
        Assert.Equal(["one", "four"], made);
    }

    [Fact]
    public void All_are_made_anew_after_more_than_it_holds()
    {
        var (cache, made) = (new BoundedCache<int, object>(capacity: 2), 0);
        object Ask(int key) => cache.Get(key, _ =>
        {
            made++;
            return new object();
        });

        var first = Ask(1);
        for (var key = 2; key < 100; key++) Ask(key);

        Assert.NotSame(first, Ask(1));
        Assert.Equal(100, made);
    }
}
