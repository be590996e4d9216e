using RelSeed.Schema;

namespace RelSeed.Profiling.Files;

/// <summary>Cuts trees back. A tree was grown the most telling split first, so its first nodes are a tree themselves.</summary>
static class ProfilePruning
{
    public static TableProfile Fit(TableProfile table)
    {
        for (var nodes = 512; nodes >= 1 && ProfileWriter.Measure(table) > ProfileFile.MostTableBytes; nodes = nodes * 2 / 3)
            table = Cut(table, nodes | 1);
        return table;
    }

    static TableProfile Cut(TableProfile table, int nodes) => table with
    {
        Steps = table.Steps.Select(s => s with { First = Cut(s.First, nodes), Next = s.Next is { } next ? Cut(next, nodes) : null })
            .ToEquatableArray(),
        References = table.References.Select(r => r.Children is { } c ? r with { Children = c with { Tree = Cut(c.Tree, nodes), None = c.None is { } none ? Cut(none, nodes) : null } } : r)
            .ToEquatableArray(),
    };

    static ValueModel Cut(ValueModel model, int nodes) => model with
    {
        Nulls = model.Nulls is { } nulls ? Cut(nulls, nodes) : null,
        Values = model.Values is { } values ? Cut(values, nodes) : null,
        Otherwise = model.Otherwise is { } otherwise ? Cut(otherwise, nodes) : null,
    };

    static TreeModel Cut(TreeModel tree, int nodes)
    {
        if (tree.Nodes.Count <= nodes) return tree;
        var kept = tree.Nodes.Take(nodes)
            .Select(n => n.Feature >= 0 && n.Right >= nodes ? new TreeNode { Shares = n.Shares, Rest = n.Rest } : n).ToList();
        var used = kept.Where(n => n.Feature >= 0).Select(n => n.Feature).Distinct().Order().ToList();
        return new(used.Select(f => tree.Features[f]).ToEquatableArray(),
            kept.Select(n => n.Feature < 0 ? n : n with { Feature = used.IndexOf(n.Feature) }).ToEquatableArray());
    }
}
