using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>A learned tree as arrays: the questions from the root down, and at each leaf the shares of its codes summed up.</summary>
sealed class TreeProgram
{
    readonly Question[] _questions;
    readonly ushort[][] _codes;
    readonly GuideTable[] _shares;
    readonly double[] _drawn;

    /// <summary>What a node asks: whether a feature's code is below a border, or one of a set.</summary>
    /// <param name="Feature">-1 in a leaf.</param>
    readonly record struct Question(int Feature, int Below, ulong[]? Codes, int Left, int Right);

    /// <param name="targets">Above every target code.</param>
    /// <param name="allowed">By target code: whether it may be drawn; null for all.</param>
    public TreeProgram(TreeModel tree, int targets, bool[]? allowed)
    {
        var n = tree.Nodes.Count;
        Features = [.. tree.Features];
        (_questions, _codes, _shares, _drawn) = (new Question[n], new ushort[n][], new GuideTable[n], new double[n]);
        Visit(tree, 0, new double[targets], allowed, isRoot: true);
    }

    public Feature[] Features { get; }

    /// <summary>Nothing is asked.</summary>
    public bool IsLeaf => _questions[0].Feature < 0;

    void Visit(TreeModel tree, int at, double[] above, bool[]? allowed, bool isRoot)
    {
        var node = tree.Nodes[at];
        var shares = Shares(node, above, isRoot);
        _questions[at] = new(node.Feature, node.Below, node.Feature >= 0 && node.Below <= 0 ? Bits(node) : null, node.Left, node.Right);
        if (node.Feature < 0)
        {
            (_codes[at], _shares[at]) = Told(shares, above, allowed);
            _drawn[at] = Possible(shares, allowed).Sum(c => shares[c]);
            return;
        }
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

    static (ushort[] Codes, GuideTable Shares) Told(double[] shares, double[] above, bool[]? allowed)
    {
        var codes = Possible(shares, allowed);
        if (codes.Count == 0) codes = Possible(shares = above, allowed);
        if (codes.Count == 0)
        {
            codes = [.. Enumerable.Range(0, shares.Length).Where(c => allowed is null ? c > 0 : allowed[c])];
            shares = [.. shares.Select(_ => 1.0)];
        }
        return codes.Count == 0 ? ([0], new GuideTable([1])) : ([.. codes.Select(c => (ushort)c)], new GuideTable([.. codes.Select(c => shares[c])]));
    }

    static List<int> Possible(double[] shares, bool[]? allowed) =>
        [.. Enumerable.Range(0, shares.Length).Where(c => shares[c] > 0 && (allowed is null || allowed[c]))];

    /// <summary>Draws a row's code.</summary>
    /// <param name="features">One for each of <see cref="Features"/>.</param>
    public int Draw(FeatureColumn[] features, int row, ulong word) => DrawAt(LeafOf(features, row), word);

    /// <summary>The leaf that answers lead a row to.</summary>
    public int LeafOf(FeatureColumn[] features, int row)
    {
        var questions = _questions;
        var at = 0;
        while (true)
        {
            ref readonly var asked = ref questions[at];
            if (asked.Feature < 0) return at;
            var code = features[asked.Feature].At(row);
            var isLeft = asked.Codes is { } bits ? code >> 6 < bits.Length && (bits[code >> 6] >> (code & 63) & 1) != 0 : code < asked.Below;
            at = isLeft ? asked.Left : asked.Right;
        }
    }

    /// <summary>The part of a leaf's learned shares whose codes may be drawn, from 0 to 1.</summary>
    public double ShareAt(int leaf) => _drawn[leaf];

    /// <summary>A code of a leaf: greater words give greater codes.</summary>
    public int DrawAt(int at, ulong word) => _codes[at][_shares[at].Draw(word)];
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
