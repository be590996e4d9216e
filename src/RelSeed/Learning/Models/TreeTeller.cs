using RelSeed.Learning.Codebooks;
using RelSeed.Numerics.Trees;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Turns a learned tree into one that may be told: in every node codes that too few entities have are merged into intervals, or left
/// to the node above; counts are rounded.</summary>
sealed class TreeTeller(PrivacyRule rule, RowEntities? entities, CodeColumn target)
{
    // Finer shares than so many a node say more of chance than of the rows.
    const int MostShares = 32;

    readonly int[] _counts = new int[target.Size];
    readonly int[] _starts = new int[target.Size + 1];
    readonly int[] _people = new int[target.Size];
    readonly int[] _stamps = entities is null ? [] : new int[entities.Count];
    int[] _sorted = [];
    int _stamp;

    /// <param name="features">What the tree's features are.</param>
    /// <param name="own">Of which rows to tell where a node has enough of them, as far as they are fewer than the tree's; null for all.</param>
    /// <param name="marginal">Weights of the codes among more rows, which stand in for what too few of these have; may be these rows' own.</param>
    public TreeModel Tell(LearnedTree tree, IReadOnlyList<Feature> features, double[] marginal, OwnRows? own = null)
    {
        var used = tree.Nodes.Where(n => !n.IsLeaf).Select(n => n.Feature).Distinct().Order().ToList();
        _sorted = new int[tree.Rows.Length];
        var nodes = tree.Nodes.Select((node, i) =>
        {
            var rows = own is null ? tree.Rows.AsSpan(node.Start, node.Count) : own.Of(tree, node);
            Count(rows);
            var (shares, rest) = i == 0 ? (RootShares(marginal), 0) : target.IsOrdinal ? Intervals(rows.Length) : Names();
            return new TreeNode
            {
                Feature = node.IsLeaf ? -1 : used.IndexOf(node.Feature),
                Below = node.Below,
                LeftCodes = node.LeftCodes.ToEquatableArray(),
                Left = node.Left,
                Right = node.Right,
                Shares = shares.ToEquatableArray(),
                Rest = rest,
            };
        });
        return new TreeModel(used.Select(f => features[f]).ToEquatableArray(), nodes.ToEquatableArray());
    }

    void Count(ReadOnlySpan<int> rows)
    {
        _counts.AsSpan().Clear();
        foreach (var row in rows) _counts[target.Codes[row]]++;
        if (entities is null)
        {
            _counts.CopyTo(_people, 0);
            return;
        }
        for (var code = 0; code < _counts.Length; code++) _starts[code + 1] = _starts[code] + _counts[code];
        var at = _starts.AsSpan(0, _counts.Length).ToArray();
        foreach (var row in rows) _sorted[at[target.Codes[row]]++] = entities.Of[row];
        for (var code = 0; code < _counts.Length; code++) _people[code] = PeopleOf(code, code);
    }

    // Different entities that have a code from first to last.
    int PeopleOf(int first, int last)
    {
        if (entities is null)
        {
            var sum = 0;
            for (var code = first; code <= last; code++) sum += _counts[code];
            return sum;
        }
        _stamp++;
        var people = 0;
        for (var i = _starts[first]; i < _starts[last + 1]; i++)
        {
            if (_stamps[_sorted[i]] == _stamp) continue;
            _stamps[_sorted[i]] = _stamp;
            people++;
        }
        return people;
    }

    // Single codes only: what too few have goes together, neighbours on an axis, and is spread as elsewhere.
    List<CodeShare> RootShares(double[] marginal)
    {
        var weights = new double[_counts.Length];
        // No row to learn of: all goes as elsewhere.
        if (_counts.AsSpan().IndexOfAnyExcept(0) < 0) Spread(marginal, weights, 0, _counts.Length - 1, marginal.Sum());
        else
        {
            var (shares, rest) = target.IsOrdinal ? Intervals(rows: 0, isRoot: true) : Names();
            var told = new bool[_counts.Length];
            foreach (var share in shares)
            {
                Spread(marginal, weights, share.First, share.Last, share.Weight);
                told.AsSpan(share.First, share.Last - share.First + 1).Fill(true);
            }
            var others = marginal.Select((m, code) => told[code] ? 0 : m).ToArray();
            if (rest > 0) Spread(others.Sum() > 0 ? others : marginal, weights, 0, _counts.Length - 1, rest);
        }
        if (weights.Sum() < 1) Spread(marginal, weights, 0, _counts.Length - 1, marginal.Sum());
        return [.. weights.Select((w, code) => new CodeShare(code, code, Math.Round(w, 2))).Where(s => s.Weight > 0)];
    }

    static void Spread(double[] marginal, double[] weights, int first, int last, double weight)
    {
        double sum = 0;
        for (var code = first; code <= last; code++) sum += marginal[code];
        for (var code = first; code <= last; code++) weights[code] += sum > 0 ? weight * marginal[code] / sum : 0;
    }

    (List<CodeShare> Shares, double Left) Names()
    {
        List<CodeShare> shares = [];
        double rest = 0;
        for (var code = 0; code < _counts.Length; code++)
        {
            if (_people[code] >= rule.K) shares.Add(new CodeShare(code, code, Weight(_counts[code])));
            else rest += _counts[code];
        }
        return (shares, Rest(rest));
    }

    (List<CodeShare> Shares, double Left) Intervals(int rows, bool isRoot = false)
    {
        List<CodeShare> shares = [];
        double rest = 0;
        int first = -1, last = -1, sum = 0;
        var least = isRoot ? 1 : Math.Max(1, rows / MostShares);
        for (var code = 0; code < _counts.Length; code++)
        {
            if (_counts[code] == 0) continue;
            if (_people[code] >= rule.K && _counts[code] >= least)
            {
                rest += Leave();
                shares.Add(new CodeShare(code, code, Weight(_counts[code])));
                continue;
            }
            if (first < 0) first = code;
            (last, sum) = (code, sum + _counts[code]);
            if (sum >= least && PeopleOf(first, last) >= rule.K) Close();
        }
        rest += Leave();
        return (shares, Rest(rest));

        void Close()
        {
            shares.Add(new CodeShare(first, last, Weight(sum)));
            (first, sum) = (-1, 0);
        }

        // What is too little for an interval joins the one before, or is left to the node above.
        double Leave()
        {
            if (first < 0) return 0;
            double left = sum;
            if (sum >= rule.K && PeopleOf(first, last) >= rule.K)
            {
                Close();
                return 0;
            }
            if (shares.Count > 0 && shares[^1] is var before && before.First < before.Last)
            {
                shares[^1] = new CodeShare(before.First, last, Weight((long)before.Weight + sum));
                left = 0;
            }
            (first, sum) = (-1, 0);
            return left;
        }
    }

    // A few rows more or less must not show.
    static double Rest(double rows) => rows < 3 ? 0 : Math.Max(5, Math.Round(rows / 5) * 5);

    /// <summary>Exact below a hundred, then off by at most two in a hundred.</summary>
    internal static double Weight(long count)
    {
        long unit = 1;
        while (count / unit >= 1000) unit *= 10;
        if (unit == 1 && count >= 100) unit = 2;
        return (count + unit / 2) / unit * unit;
    }
}
