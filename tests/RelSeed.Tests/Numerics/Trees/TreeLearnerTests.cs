using FsCheck;
using FsCheck.Fluent;
using RelSeed.Numerics;
using RelSeed.Numerics.Trees;

namespace RelSeed.Tests.Numerics.Trees;

public sealed class TreeLearnerTests
{
    static readonly TreeOptions Small = new() { LeafRows = 10, LeafEntities = 3 };

    static ushort[] Noise(ulong key, int rows, int size) =>
        [.. Enumerable.Range(0, rows).Select(r => (ushort)CounterRandom.Below(CounterRandom.At(key, r), (ulong)size))];

    static LearnedTree Learn(CodeColumn target, TreeOptions options, RowEntities? entities, params CodeColumn[] features) =>
        new TreeLearner(features, target, entities, options).Learn([.. Enumerable.Range(0, target.Codes.Length)]);

    [Fact]
    public void A_target_that_follows_a_feature_is_split_where_it_changes()
    {
        var feature = new CodeColumn(Noise(1, 1000, 20), 20, IsOrdinal: true);
        var target = new CodeColumn([.. feature.Codes.Select(c => (ushort)(c < 7 ? 1 : 5))], 6, IsOrdinal: true);
        var root = Learn(target, Small, entities: null, new CodeColumn(Noise(2, 1000, 4), 4, IsOrdinal: false), feature).Nodes[0];
        Assert.Equal((1, 7), (root.Feature, root.Below));
    }

    [Fact]
    public void Names_are_parted_by_names()
    {
        var feature = new CodeColumn(Noise(1, 2000, 9), 9, IsOrdinal: false);
        // Three groups of names that no cut of their numbers parts.
        var target = new CodeColumn([.. feature.Codes.Select(c => (ushort)(c % 3))], 3, IsOrdinal: false);
        var tree = Learn(target, Small, entities: null, feature);
        Assert.All(tree.Nodes.Where(n => n.IsLeaf),
            leaf => Assert.Single(tree.Rows[leaf.Start..(leaf.Start + leaf.Count)].Select(r => target.Codes[r]).Distinct()));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_decides_a_mark_for_sure_is_asked_before_what_explains_more(bool mayDecide)
    {
        // A third lacks the feature and is marked; of the others half are, as another feature tells but for a few.
        var feature = new CodeColumn(Noise(1, 3000, 3), 3, IsOrdinal: true) { MayDecide = mayDecide };
        var half = Noise(2, 3000, 2);
        var marks = feature.Codes.Select((c, r) => c == 0 ? (ushort)1 : half[r]).ToArray();
        var other = new CodeColumn([.. marks.Select((m, r) => r % 50 == 0 ? (ushort)(1 - m) : m)], 2, IsOrdinal: false);
        var root = Learn(new CodeColumn(marks, 2, IsOrdinal: false), Small, entities: null, other, feature).Nodes[0];
        Assert.Equal(mayDecide ? (1, 1) : (0, 0), (root.Feature, root.Below));
    }

    [Fact]
    public void Chance_alone_is_rarely_split()
    {
        var leaves = 0;
        for (ulong key = 0; key < 20; key++)
            leaves += Learn(new CodeColumn(Noise(key, 1000, 8), 8, IsOrdinal: true), Small, entities: null,
                new CodeColumn(Noise(key + 100, 1000, 8), 8, IsOrdinal: true)).Nodes.Count(n => n.IsLeaf);
        Assert.InRange(leaves, 20, 30);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_category_of_many_codes_is_not_asked_for_the_chance_they_give(bool isOrdinal)
    {
        for (ulong key = 0; key < 20; key++)
        {
            var known = new CodeColumn(Noise(key + 200, 2000, 4), 4, IsOrdinal: true);
            var target = new CodeColumn([.. known.Codes.Zip(Noise(key, 2000, 8), (a, b) => (ushort)(a + b))], 11, isOrdinal);
            var tree = Learn(target, Small, entities: null, known, new CodeColumn(Noise(key + 100, 2000, 300), 300, IsOrdinal: false));
            Assert.Equal(0, tree.Nodes[0].Feature);
            Assert.DoesNotContain(tree.Nodes, n => n.Feature == 1);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Chance_among_many_names_is_rarely_split(int classes)
    {
        var leaves = 0;
        for (ulong key = 0; key < 20; key++)
            leaves += Learn(new CodeColumn(Noise(key, 2000, classes), classes, IsOrdinal: false), Small, entities: null,
                new CodeColumn(Noise(key + 100, 2000, 60), 60, IsOrdinal: false)).Nodes.Count(n => n.IsLeaf);
        Assert.InRange(leaves, 20, 24);
    }

    [Fact]
    public void Many_names_that_tell_something_are_split()
    {
        var feature = new CodeColumn(Noise(1, 2000, 60), 60, IsOrdinal: false);
        // Half of the names have the class in three of four rows, the others in one.
        var target =
            new CodeColumn([.. feature.Codes.Zip(Noise(2, 2000, 4), (name, n) => (ushort)(n == 0 == (name % 2 == 0) ? 1 : 0))], 2, IsOrdinal: false);
        var root = Learn(target, Small, entities: null, feature).Nodes[0];
        Assert.Equal(Enumerable.Range(0, 60).Where(c => c % 2 == root.LeftCodes[0] % 2), root.LeftCodes);
    }

    [Fact]
    public void No_leaf_is_smaller_than_asked_and_every_row_is_in_one() => Prop.ForAll(
        ArbMap.Default.ArbFor<ulong>(), ArbMap.Default.ArbFor<bool>(),
        (key, isOrdinal) =>
        {
            var feature = new CodeColumn(Noise(key, 500, 12), 12, IsOrdinal: false);
            var target = new CodeColumn([.. feature.Codes.Zip(Noise(key + 1, 500, 3), (a, b) => (ushort)(a / 3 + b))], 7, isOrdinal);
            var entities = new RowEntities([.. Enumerable.Range(0, 500).Select(r => r / 5)], 100);
            var tree = Learn(target, Small, entities, feature, new CodeColumn(Noise(key + 2, 500, 5), 5, IsOrdinal: true));
            var leaves = tree.Nodes.Where(n => n.IsLeaf).ToList();
            return leaves.Sum(l => l.Count) == 500 && tree.Rows.Order().SequenceEqual(Enumerable.Range(0, 500))
                && leaves.TrueForAll(l => l.Count >= 10
                && tree.Rows[l.Start..(l.Start + l.Count)].Select(r => entities.Of[r]).Distinct().Count() >= 3);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_entity_with_most_of_a_side_blocks_the_split()
    {
        // One entity has all rows of code 1.
        var feature = new CodeColumn([.. Enumerable.Range(0, 400).Select(r => (ushort)(r < 100 ? 1 : 0))], 2, IsOrdinal: true);
        var target = new CodeColumn(feature.Codes, 5, IsOrdinal: true);
        var entities = new RowEntities([.. Enumerable.Range(0, 400).Select(r => r < 90 ? 0 : r)], 400);
        Assert.True(Learn(target, Small, entities, feature).Nodes[0].IsLeaf);
        Assert.False(Learn(target, Small, entities: null, feature).Nodes[0].IsLeaf);
    }

    [Fact]
    public void A_row_comes_to_the_leaf_that_holds_it()
    {
        var features = new[] { new CodeColumn(Noise(1, 600, 9), 9, IsOrdinal: false), new CodeColumn(Noise(2, 600, 30), 30, IsOrdinal: true) };
        var target = new CodeColumn([.. features[0].Codes.Zip(features[1].Codes, (a, b) => (ushort)(a % 2 * 10 + b / 3))], 20, IsOrdinal: true);
        var tree = Learn(target, Small, entities: null, features);
        Assert.True(tree.Nodes.Count > 5);
        foreach (var (node, i) in tree.Nodes.Select((n, i) => (n, i)).Where(x => x.n.IsLeaf))
            Assert.All(tree.Rows[node.Start..(node.Start + node.Count)], row => Assert.Equal(i, tree.LeafOf(features, row)));
    }

    [Fact]
    public void No_tree_has_more_leaves_than_asked()
    {
        var feature = new CodeColumn(Noise(1, 5000, 200), 200, IsOrdinal: true);
        var tree = Learn(new CodeColumn(feature.Codes, 200, IsOrdinal: true), Small with { MostLeaves = 7 }, entities: null, feature);
        Assert.Equal(7, tree.Nodes.Count(n => n.IsLeaf));
    }
}
