using RelSeed.Numerics.Trees;
using RelSeed.Profiling;

namespace RelSeed.Learning.Models;

/// <summary>What a tree may ask, with its codes by row.</summary>
sealed record ModelFeature(Feature Feature, CodeColumn Column);

/// <summary>Chooses among many features those that tell most at first sight, so that learning stays linear in the rows.</summary>
static class FeatureChoice
{
    const int Most = 48, LookedRows = 8000;

    public static IReadOnlyList<ModelFeature> Choose(IReadOnlyList<ModelFeature> features, CodeColumn target, ReadOnlySpan<int> rows)
    {
        if (features.Count <= Most) return features;
        var step = Math.Max(1, rows.Length / LookedRows);
        var looked = new int[(rows.Length + step - 1) / step];
        for (var i = 0; i < looked.Length; i++) looked[i] = rows[i * step];
        var (gains, _) = new TreeLearner([.. features.Select(f => f.Column)], target, null,
            new TreeOptions { LeafRows = Math.Max(20, looked.Length / 50) }).Gains(looked);
        return [.. features.Select((f, i) => (Feature: f, Place: i)).OrderByDescending(f => f.Feature.Column.MayDecide)
            .ThenByDescending(f => gains[f.Place])
            .ThenBy(f => f.Place).Take(Most)
            .OrderBy(f => f.Place).Select(f => f.Feature)];
    }
}
