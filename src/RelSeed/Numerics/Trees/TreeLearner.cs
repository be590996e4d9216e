namespace RelSeed.Numerics.Trees;

/// <summary>Grows one classification or regression tree over columns of codes by histograms, the most telling split first.</summary>
/// <remarks>Breiman, Friedman, Olshen and Stone 1984. Ordinal targets are compared by midrank, others by Gini's index; codes of a category are
/// ordered by the target's mean, with several classes by its first principal direction (Coppersmith, Hong and Hosking 1999). Splitting costs
/// O(rows x features) a level. Not for several threads at once; several learners are.</remarks>
public sealed class TreeLearner
{
    readonly IReadOnlyList<CodeColumn> _features;
    readonly CodeColumn _target;
    readonly TreeOptions _options;
    readonly SplitFinder _finder;
    readonly SureSplitFinder _sure;
    readonly EntityCounter? _entities;

    public TreeLearner(IReadOnlyList<CodeColumn> features, CodeColumn target, RowEntities? entities, TreeOptions options)
    {
        (_features, _target, _options) = (features, target, options);
        _sure = new SureSplitFinder(features, target);
        _entities = entities is null ? null : new EntityCounter(entities);
        _finder = target.IsOrdinal && target.Size > 3 ? new RankSplitFinder(features, target) : new ClassSplitFinder(features, target);
    }

    /// <param name="rows">The rows to learn of.</param>
    public LearnedTree Learn(ReadOnlySpan<int> rows)
    {
        var all = rows.ToArray();
        var buffer = new int[all.Length];
        List<LearnedNode> nodes = [new LearnedNode { Start = 0, Count = all.Length }];
        var open = new PriorityQueue<(int Node, Split Split), (double, int)>();
        _finder.Begin(all);
        Offer(nodes, 0, all, open);
        for (var leaves = 1; leaves < _options.MostLeaves && open.TryDequeue(out var best, out _); leaves++)
        {
            Apply(nodes, best.Node, best.Split, all, buffer);
            Offer(nodes, nodes.Count - 2, all, open);
            Offer(nodes, nodes.Count - 1, all, open);
        }
        return new LearnedTree(nodes, all);
    }

    /// <summary>What the best split of each feature alone takes away over the rows, 0 where none is strong enough; and what there is to
    /// take.</summary>
    public (double[] Gains, double Weight) Gains(ReadOnlySpan<int> rows)
    {
        var gains = new double[_features.Count];
        _finder.Begin(rows);
        foreach (var split in _finder.Find(rows, _options)) gains[split.Feature] = split.Gain;
        return (gains, _finder.Weight);
    }

    void Offer(List<LearnedNode> nodes, int at, int[] rows, PriorityQueue<(int, Split), (double, int)> open)
    {
        var node = nodes[at];
        if (node.Count < 2 * _options.LeafRows) return;
        var segment = rows.AsSpan(node.Start, node.Count);
        if (_sure.Find(segment, _options) is { } sure && (_entities is null || KeepsEntities(sure, segment)))
        {
            open.Enqueue((at, sure), (-sure.Gain, at));
            return;
        }
        foreach (var split in _finder.Find(segment, _options))
            if (_entities is null || KeepsEntities(split, segment))
            {
                open.Enqueue((at, split), (-split.Gain, at));
                return;
            }
    }

    bool KeepsEntities(Split split, ReadOnlySpan<int> rows)
    {
        var codes = _features[split.Feature].Codes;
        return _entities!.Suffices(rows, row => split.IsLeft(codes[row]), _options.LeafEntities);
    }

    void Apply(List<LearnedNode> nodes, int at, Split split, int[] rows, int[] buffer)
    {
        var node = nodes[at];
        var codes = _features[split.Feature].Codes;
        int left = node.Start, right = 0;
        for (var i = node.Start; i < node.Start + node.Count; i++)
        {
            var row = rows[i];
            if (split.IsLeft(codes[row])) rows[left++] = row;
            else buffer[right++] = row;
        }
        buffer.AsSpan(0, right).CopyTo(rows.AsSpan(left));
        (node.Feature, node.Below, node.LeftCodes, node.Gain) = (split.Feature, split.Below, split.LeftCodes, split.Gain);
        (node.Left, node.Right) = (nodes.Count, nodes.Count + 1);
        nodes.Add(new LearnedNode { Start = node.Start, Count = left - node.Start });
        nodes.Add(new LearnedNode { Start = left, Count = right });
    }
}

/// <summary>A question and what it explains.</summary>
sealed class Split
{
    readonly bool[] _left = [];

    public Split(int feature, int below, double gain) => (Feature, Below, Gain) = (feature, below, gain);

    public Split(int feature, int[] leftCodes, int size, double gain)
    {
        (Feature, LeftCodes, Gain) = (feature, leftCodes, gain);
        _left = new bool[size];
        foreach (var code in leftCodes) _left[code] = true;
    }

    public int Feature { get; }
    public int Below { get; }
    public int[] LeftCodes { get; } = [];
    /// <summary>What it explains beyond chance.</summary>
    public double Gain { get; set; }

    /// <summary>Names that were put in order; 0 where codes have one of their own.</summary>
    public int Categories { get; init; }

    public bool IsLeft(ushort code) => Below > 0 ? code < Below : _left[code];
}

/// <summary>Counts different entities among rows.</summary>
sealed class EntityCounter(RowEntities entities)
{
    readonly int[] _left = new int[entities.Count], _right = new int[entities.Count];

    /// <summary>Both sides hold enough entities, and none of them more than half of its side's rows.</summary>
    public bool Suffices(ReadOnlySpan<int> rows, Func<int, bool> isLeft, int least)
    {
        int leftEntities = 0, rightEntities = 0, mostLeft = 0, mostRight = 0, leftRows = 0;
        foreach (var row in rows)
        {
            var entity = entities.Of[row];
            if (isLeft(row))
            {
                leftRows++;
                if (_left[entity]++ == 0) leftEntities++;
                mostLeft = Math.Max(mostLeft, _left[entity]);
            }
            else
            {
                if (_right[entity]++ == 0) rightEntities++;
                mostRight = Math.Max(mostRight, _right[entity]);
            }
        }
        foreach (var row in rows) _left[entities.Of[row]] = _right[entities.Of[row]] = 0;
        return leftEntities >= least && rightEntities >= least && mostLeft * 2 <= leftRows && mostRight * 2 <= rows.Length - leftRows;
    }
}
