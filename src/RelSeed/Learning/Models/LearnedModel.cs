using RelSeed.Learning.Codebooks;
using RelSeed.Numerics.Trees;
using RelSeed.Profiling;

namespace RelSeed.Learning.Models;

/// <summary>A tree that may be told, and how well it fits the rows it was learned of.</summary>
/// <param name="Fit">Bits by which it describes the codes of the rows, penalised by its size; less is better.</param>
sealed record LearnedModel(TreeModel Tree, double Fit);

/// <summary>Learns one tree and tells it.</summary>
sealed class TreeModeler(PrivacyRule rule, TreeOptions options, RowEntities? entities)
{
    /// <param name="rows">Those to learn of.</param>
    /// <param name="marginal">See <see cref="TreeTeller.Tell"/>.</param>
    /// <returns>Null where there is no row.</returns>
    public LearnedModel? Learn(IReadOnlyList<ModelFeature> features, CodeColumn target, ReadOnlySpan<int> rows, double[]? marginal = null)
    {
        if (rows.Length == 0 && marginal is null) return null;
        features = FeatureChoice.Choose(features, target, rows);
        var tree = new TreeLearner([.. features.Select(f => f.Column)], target, entities, options).Learn(rows);
        var told = new TreeTeller(rule, entities, target).Tell(tree, [.. features.Select(f => f.Feature)], marginal ?? Marginal(target, rows));
        return new LearnedModel(told, Fit(tree, target));
    }

    /// <summary>Learns of more rows than those to be drawn, where these are too few to part, if what it says fits them better.</summary>
    /// <param name="features">The last of them tells the rows from the others.</param>
    public LearnedModel? LearnWith(IReadOnlyList<ModelFeature> features, CodeColumn target, ReadOnlySpan<int> rows, ReadOnlySpan<int> more,
        double[] marginal)
    {
        if (Learn([.. features.SkipLast(1)], target, rows, marginal) is not { } own) return null;
        var chosen = FeatureChoice.Choose(features, target, more);
        var tree = new TreeLearner([.. chosen.Select(f => f.Column)], target, entities, options).Learn(more);
        if (tree.Nodes.Count == 1) return own;
        var preferred = new OwnRows(rows, target.Codes.Length, entities, options);
        var fit = FitOf(tree, [.. chosen.Select(f => f.Column)], target, rows, preferred);
        return fit >= own.Fit ? own
            : new LearnedModel(new TreeTeller(rule, entities, target).Tell(tree, [.. chosen.Select(f => f.Feature)], marginal, preferred), fit);
    }

    // Bits that the leaves of a tree of other rows take to describe these.
    static double FitOf(LearnedTree tree, CodeColumn[] features, CodeColumn target, ReadOnlySpan<int> rows, OwnRows own)
    {
        var counts = new Dictionary<int, (int[] Shares, int Rows)>();
        double bits = 0;
        foreach (var row in rows)
        {
            var leaf = tree.LeafOf(features, row);
            if (!counts.TryGetValue(leaf, out var told))
            {
                var those = own.Of(tree, tree.Nodes[leaf]);
                counts[leaf] = told = (new int[target.Size], those.Length);
                foreach (var other in those) told.Shares[target.Codes[other]]++;
                bits += told.Shares.Count(s => s > 0);
            }
            bits -= Math.Log2((told.Shares[target.Codes[row]] + 0.01) / told.Rows);
        }
        return bits;
    }

    public static double[] Marginal(CodeColumn target, ReadOnlySpan<int> rows)
    {
        var weights = new double[target.Size];
        foreach (var row in rows) weights[target.Codes[row]]++;
        return weights;
    }

    static double Fit(LearnedTree tree, CodeColumn target)
    {
        var counts = new int[target.Size];
        double bits = 0;
        foreach (var node in tree.Nodes)
        {
            if (!node.IsLeaf) continue;
            counts.AsSpan().Clear();
            for (var i = node.Start; i < node.Start + node.Count; i++) counts[target.Codes[tree.Rows[i]]]++;
            foreach (var count in counts)
                if (count > 0) bits += 1 - count * Math.Log2((double)count / node.Count);
        }
        return bits;
    }
}
