using RelSeed.Numerics.Trees;

namespace RelSeed.Learning.Models;

/// <summary>Rows that a model is for, among more that its tree was grown of: where a node has enough of them, it speaks of them alone.</summary>
sealed class OwnRows
{
    readonly bool[] _isOwn;
    readonly RowEntities? _entities;
    readonly TreeOptions _options;

    /// <param name="all">Rows of the table.</param>
    public OwnRows(ReadOnlySpan<int> rows, int all, RowEntities? entities, TreeOptions options)
    {
        (_isOwn, _entities, _options) = (new bool[all], entities, options);
        foreach (var row in rows) _isOwn[row] = true;
    }

    /// <summary>The rows that tell of a node.</summary>
    public ReadOnlySpan<int> Of(LearnedTree tree, LearnedNode node)
    {
        var rows = tree.Rows.AsSpan(node.Start, node.Count);
        var own = new List<int>();
        foreach (var row in rows)
            if (_isOwn[row]) own.Add(row);
        return own.Count >= _options.LeafRows && HasEnough(own) ? own.ToArray() : rows;
    }

    // As many entities as a leaf needs, none of which has more than half of the rows.
    bool HasEnough(List<int> rows)
    {
        if (_entities is null) return true;
        var groups = rows.GroupBy(r => _entities.Of[r]).Select(g => g.Count()).ToList();
        return groups.Count >= _options.LeafEntities && groups.Max() * 2 <= rows.Count;
    }
}
