using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Lays a tree's nodes out for <see cref="TreeProgram"/>: what a node does not tell of its shares is taken from the node above.</summary>
sealed class TreeCompiler
{
    readonly TreeModel _tree;
    readonly bool[]? _allowed;

    public TreeCompiler(TreeModel tree, int targets, bool[]? allowed)
    {
        (_tree, _allowed) = (tree, allowed);
        (Questions, Leaves) = (new TreeProgram.Question[tree.Nodes.Count], new TreeProgram.Leaf[tree.Nodes.Count]);
        Visit(0, new double[targets], isRoot: true);
    }

    public TreeProgram.Question[] Questions { get; }
    public TreeProgram.Leaf[] Leaves { get; }

    /// <summary>The first one is of leaves, which ask nothing.</summary>
    public List<ulong> Words { get; } = [0];
    public List<ushort> Codes { get; } = [];
    public List<ushort> Guides { get; } = [];
    public List<ulong> Ends { get; } = [];

    void Visit(int at, double[] above, bool isRoot)
    {
        var node = _tree.Nodes[at];
        var shares = Shares(node, above, isRoot);
        Questions[at] = Ask(node, at);
        if (node.Feature < 0)
        {
            var (told, table) = Told(shares, above, _allowed);
            Leaves[at] = new(Codes.Count, told.Length, table.Last, Possible(shares, _allowed).Sum(c => shares[c]));
            Codes.AddRange(told);
            Guides.AddRange(table.Guide);
            Ends.AddRange(table.Ends);
            return;
        }
        Visit(node.Left, shares, isRoot: false);
        Visit(node.Right, shares, isRoot: false);
    }

    TreeProgram.Question Ask(TreeNode node, int at)
    {
        if (node.Feature < 0) return new(0, 0, 0, at, 0);
        IEnumerable<int> codes = node.Below > 0 ? Enumerable.Range(0, node.Below) : node.LeftCodes;
        var bits = new ulong[(node.Below > 0 ? node.Below - 1 : node.LeftCodes.IsEmpty ? 0 : node.LeftCodes[^1]) / 64 + 1];
        foreach (var code in codes) bits[code / 64] |= 1UL << code % 64;
        var first = Words.Count;
        Words.AddRange([.. bits, 0]);
        return new(node.Feature, first, bits.Length, node.Right, node.Left - node.Right);
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
}
