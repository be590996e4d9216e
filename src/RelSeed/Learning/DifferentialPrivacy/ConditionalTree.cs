using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.DifferentialPrivacy;

/// <summary>Noisy counts as trees: a step's own, and under another step's codes as far as enough rows stand behind them.</summary>
static class ConditionalTree
{
    // Counts within so many deviations of the noise go by the step's own.
    const double LeastCell = 2, LeastGroup = 4;

    /// <param name="weights">By code, none below 0.</param>
    public static TreeModel Of(ReadOnlySpan<long> weights, int lowest) => new([], [Root(weights, lowest)]);

    static TreeNode Root(ReadOnlySpan<long> weights, int lowest)
    {
        var shares = new List<CodeShare>();
        for (var code = lowest; code < weights.Length; code++)
            if (weights[code] > 0) shares.Add(new(code, code, weights[code]));
        // Where all is noise, every code is as likely.
        if (shares.Count == 0) shares = [.. Enumerable.Range(lowest, weights.Length - lowest).Select(c => new CodeShare(c, c, 1))];
        return new TreeNode { Shares = shares.ToEquatableArray() };
    }

    /// <param name="joint">By the feature's code and the target's: counts with noise.</param>
    /// <param name="deviation">Of the noise.</param>
    public static TreeModel Of(ReadOnlySpan<long> weights, int lowest, long[,] joint, double deviation, Feature feature, bool isOrdinal)
    {
        var groups = Groups(joint, lowest, deviation, isOrdinal);
        if (groups.Count < 2) return Of(weights, lowest);
        var nodes = new List<TreeNode> { Root(weights, lowest) };
        Fill(0, 0, groups.Count);
        return new([feature], nodes.ToEquatableArray());

        void Fill(int node, int from, int to)
        {
            if (to - from == 1)
            {
                nodes[node] = Leaf(joint, groups[from], lowest, deviation);
                return;
            }
            var middle = (from + to) / 2;
            var (left, right) = (nodes.Count, nodes.Count + 1);
            nodes.Add(new TreeNode());
            nodes.Add(new TreeNode());
            nodes[node] = nodes[node] with
            {
                Feature = 0,
                Left = left,
                Right = right,
                LeftCodes = groups.GetRange(from, middle - from).SelectMany(g => g).Order().ToEquatableArray(),
                Rest = node == 0 ? 0 : 1,
            };
            Fill(left, from, middle);
            Fill(right, middle, to);
        }
    }

    // Neighbours on an axis stand together, names alone; those of too few rows are one group.
    static List<List<int>> Groups(long[,] joint, int lowest, double deviation, bool isOrdinal)
    {
        var (groups, open, few) = (new List<List<int>>(), new List<int>(), new List<int>());
        long mass = 0;
        for (var code = 0; code < joint.GetLength(0); code++)
        {
            open.Add(code);
            mass += Mass(joint, code, lowest);
            if (mass > LeastGroup * deviation * Math.Sqrt((joint.GetLength(1) - lowest) * open.Count))
            {
                groups.Add(open);
                (open, mass) = ([], 0);
            }
            else if (!isOrdinal)
            {
                few.Add(code);
                (open, mass) = ([], 0);
            }
        }
        if (open.Count > 0 && groups.Count > 0) groups[^1].AddRange(open);
        if (few.Count > 0) groups.Add(few);
        return groups;
    }

    static long Mass(long[,] joint, int code, int lowest)
    {
        long mass = 0;
        for (var target = lowest; target < joint.GetLength(1); target++) mass += joint[code, target];
        return mass;
    }

    static TreeNode Leaf(long[,] joint, List<int> group, int lowest, double deviation)
    {
        var least = LeastCell * deviation * Math.Sqrt(group.Count);
        var (shares, all, told) = (new List<CodeShare>(), 0L, 0L);
        for (var target = lowest; target < joint.GetLength(1); target++)
        {
            var count = group.Sum(code => joint[code, target]);
            all += count;
            if (count <= least) continue;
            shares.Add(new(target, target, count));
            told += count;
        }
        return new TreeNode { Shares = shares.ToEquatableArray(), Rest = shares.Count == 0 ? 1 : Math.Max(0, all - told) };
    }
}
