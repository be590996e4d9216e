namespace RelSeed.Numerics.Trees;

/// <summary>Finds, for a mark, the question whether a feature is NULL of which an answer decides it for sure: columns that are NULL together.</summary>
sealed class SureSplitFinder
{
    // So many rows may hold one that is an error.
    const int StrayIn = 500;

    readonly IReadOnlyList<CodeColumn> _features;
    readonly CodeColumn _target;
    readonly int[] _asked;

    public SureSplitFinder(IReadOnlyList<CodeColumn> features, CodeColumn target)
    {
        (_features, _target) = (features, target);
        _asked = target.Size == 2 ? [.. Enumerable.Range(0, features.Count).Where(f => features[f].MayDecide)] : [];
    }

    /// <summary>The one that explains most; null for none.</summary>
    public Split? Find(ReadOnlySpan<int> rows, TreeOptions options)
    {
        Split? best = null;
        foreach (var feature in _asked)
            if (Of(feature, rows, options) is { } split && (best is null || split.Gain > best.Gain)) best = split;
        return best;
    }

    Split? Of(int feature, ReadOnlySpan<int> rows, TreeOptions options)
    {
        var (codes, marks) = (_features[feature].Codes, _target.Codes);
        int missing = 0, missingMarked = 0, marked = 0;
        foreach (var row in rows)
        {
            marked += marks[row];
            if (codes[row] > 0) continue;
            missing++;
            missingMarked += marks[row];
        }
        var (present, presentMarked) = (rows.Length - missing, marked - missingMarked);
        if (Math.Min(missing, present) < options.LeafRows || !IsSure(missing, missingMarked) && !IsSure(present, presentMarked)) return null;
        var whole = Impurity(rows.Length, marked);
        var gain = whole - Impurity(missing, missingMarked) - Impurity(present, presentMarked);
        if (whole <= 0 || gain * rows.Length / whole < 1 + options.LeastStrength) return null;
        return _features[feature].IsOrdinal ? new Split(feature, below: 1, gain) : new Split(feature, [0], _features[feature].Size, gain);
    }

    static bool IsSure(long rows, long marked) => Math.Min(marked, rows - marked) * StrayIn <= rows;

    // Gini's, by rows.
    static double Impurity(double rows, double marked) => rows - (marked * marked + (rows - marked) * (rows - marked)) / rows;
}
