using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>A learned tree as arrays: the questions from the root down, and at each leaf the shares of its codes summed up.</summary>
sealed class TreeProgram
{
    readonly int[] _feature;
    readonly int[] _below;
    readonly ulong[]?[] _left;
    readonly int[] _go;
    readonly int[][] _codes;
    readonly ulong[][] _ends;

    /// <param name="targets">Above every target code.</param>
    /// <param name="allowed">By target code: whether it may be drawn; null for all.</param>
    public TreeProgram(TreeModel tree, int targets, bool[]? allowed)
    {
        var n = tree.Nodes.Count;
        Features = [.. tree.Features];
        (_feature, _below, _left, _go, _codes, _ends) = (new int[n], new int[n], new ulong[]?[n], new int[2 * n], new int[n][], new ulong[n][]);
        Visit(tree, 0, new double[targets], allowed, isRoot: true);
    }

    public Feature[] Features { get; }

    /// <summary>Nothing is asked.</summary>
    public bool IsLeaf => _feature[0] < 0;

    void Visit(TreeModel tree, int at, double[] above, bool[]? allowed, bool isRoot)
    {
        var node = tree.Nodes[at];
        var shares = Shares(node, above, isRoot);
        _feature[at] = node.Feature;
        if (node.Feature < 0)
        {
            (_codes[at], _ends[at]) = Sum(shares, above, allowed);
            return;
        }
        _below[at] = node.Below;
        if (node.Below <= 0) _left[at] = Bits(node);
        (_go[2 * at], _go[2 * at + 1]) = (node.Left, node.Right);
        Visit(tree, node.Left, shares, allowed, isRoot: false);
        Visit(tree, node.Right, shares, allowed, isRoot: false);
    }

    static ulong[] Bits(TreeNode node)
    {
        var bits = new ulong[node.LeftCodes.IsEmpty ? 1 : node.LeftCodes[^1] / 64 + 1];
        foreach (var code in node.LeftCodes) bits[code / 64] |= 1UL << code % 64;
        return bits;
    }

    // The node's distribution, of sum 1 or all zero, from its own shares and the node above.
    static double[] Shares(TreeNode node, double[] above, bool isRoot)
    {
        if (node.Shares.IsEmpty && !isRoot) return above;
        var shares = new double[above.Length];
        var told = new bool[above.Length];
        double total = node.Rest;
        foreach (var share in node.Shares) total += share.Weight;
        foreach (var share in node.Shares)
        {
            var (first, last) = (share.First, Math.Min(share.Last, above.Length - 1));
            double mass = 0;
            for (var c = first; c <= last; c++) mass += above[c];
            for (var c = first; c <= last; c++)
            {
                shares[c] = share.Weight / total * (mass > 0 ? above[c] / mass : 1.0 / (last - first + 1));
                told[c] = true;
            }
        }
        double left = 0;
        for (var c = 0; c < above.Length; c++) left += told[c] ? 0 : above[c];
        if (node.Rest > 0 && left > 0)
            for (var c = 0; c < above.Length; c++)
                if (!told[c]) shares[c] = node.Rest / total * above[c] / left;
        return shares;
    }

    static (int[] Codes, ulong[] Ends) Sum(double[] shares, double[] above, bool[]? allowed)
    {
        var codes = Possible(shares, allowed);
        if (codes.Count == 0) codes = Possible(shares = above, allowed);
        if (codes.Count == 0)
        {
            codes = [.. Enumerable.Range(0, shares.Length).Where(c => allowed is null ? c > 0 : allowed[c])];
            shares = [.. shares.Select(_ => 1.0)];
        }
        if (codes.Count == 0) codes = [0];
        double total = 0, sum = 0;
        foreach (var code in codes) total += shares[code];
        var ends = new ulong[codes.Count];
        for (var i = 0; i < ends.Length; i++)
        {
            sum += shares[codes[i]];
            ends[i] = CounterRandom.Threshold(sum / total);
        }
        ends[^1] = ulong.MaxValue;
        return ([.. codes], ends);
    }

    static List<int> Possible(double[] shares, bool[]? allowed) =>
        [.. Enumerable.Range(0, shares.Length).Where(c => shares[c] > 0 && (allowed is null || allowed[c]))];

    /// <summary>Draws a row's code.</summary>
    /// <param name="features">One for each of <see cref="Features"/>.</param>
    public int Draw(FeatureColumn[] features, int row, ulong word) => DrawAt(LeafOf(features, row), word);

    /// <summary>The leaf that answers lead a row to.</summary>
    public int LeafOf(FeatureColumn[] features, int row)
    {
        var at = 0;
        for (int feature; (feature = _feature[at]) >= 0;)
        {
            var code = features[feature].At(row);
            var isLeft = _left[at] is { } bits ? code >> 6 < bits.Length && (bits[code >> 6] >> (code & 63) & 1) != 0 : code < _below[at];
            at = _go[2 * at + (isLeft ? 0 : 1)];
        }
        return at;
    }

    /// <summary>A code of a leaf.</summary>
    public int DrawAt(int at, ulong word)
    {
        var ends = _ends[at];
        int low = 0, high = ends.Length - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (word < ends[middle]) high = middle;
            else low = middle + 1;
        }
        return _codes[at][low];
    }
}

/// <summary>Where a tree finds a feature's codes for the rows at hand.</summary>
/// <param name="Codes">By row, or by the row that <paramref name="Via"/> tells.</param>
/// <param name="Shift">Added to the row: -1 for the previous sibling.</param>
/// <param name="Via">By row: another table's row, -1 for none; null for the row itself.</param>
/// <param name="IsSame">Whether the code is that of the previous sibling: 1 or 0.</param>
readonly record struct FeatureColumn(ushort[] Codes, int Shift = 0, long[]? Via = null, bool IsSame = false)
{
    public int At(int row)
    {
        if (IsSame) return Codes[row] == Codes[row - 1] ? 1 : 0;
        if (Via is null) return Codes.Length == 0 ? 0 : Codes[row + Shift];
        return Via[row] < 0 ? 0 : Codes[Via[row]];
    }
}
