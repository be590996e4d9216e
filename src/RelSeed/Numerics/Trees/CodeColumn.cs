namespace RelSeed.Numerics.Trees;

/// <summary>A column as small codes, one a row.</summary>
/// <param name="Codes">Each below <paramref name="Size"/>.</param>
/// <param name="IsOrdinal">Codes ascend along an axis; else they are names. Code 0 (NULL) counts as the lowest.</param>
public sealed record CodeColumn(ushort[] Codes, int Size, bool IsOrdinal)
{
    /// <summary>What it explains counts for so much beside what others explain, from 0 to 1.</summary>
    public double Trust { get; init; } = 1;

    /// <summary>Where its being NULL, or not, decides a mark for sure, that is asked before all else.</summary>
    internal bool MayDecide { get; init; }
}

/// <summary>When a tree is let grow.</summary>
public sealed record TreeOptions
{
    /// <summary>Rows of a leaf at least.</summary>
    public int LeafRows { get; init; } = 100;

    /// <summary>Entities of a leaf at least, where rows have entities.</summary>
    public int LeafEntities { get; init; } = 50;

    public int MostLeaves { get; init; } = 512;

    /// <summary>A split must explain so many times what a random one does; about the square of a normal deviate.</summary>
    public double LeastStrength { get; init; } = 8;
}

/// <summary>Rows that belong to entities, so that leaves can be kept from telling of few of them.</summary>
/// <param name="Of">By row, below <paramref name="Count"/>.</param>
public sealed record RowEntities(int[] Of, int Count);

/// <summary>A node over the rows [Start, Start + Count) of <see cref="LearnedTree.Rows"/>.</summary>
public sealed class LearnedNode
{
    public required int Start { get; init; }
    public required int Count { get; init; }

    /// <summary>The feature asked; -1 in a leaf.</summary>
    public int Feature { get; internal set; } = -1;

    /// <summary>Codes below it go left, when above 0; else <see cref="LeftCodes"/> tells.</summary>
    public int Below { get; internal set; }

    /// <summary>Codes that go left, ascending.</summary>
    public int[] LeftCodes { get; internal set; } = [];

    public int Left { get; internal set; } = -1;
    public int Right { get; internal set; } = -1;

    /// <summary>How much of the target's dispersion the split takes away, by rows.</summary>
    public double Gain { get; internal set; }

    public bool IsLeaf => Feature < 0;
}

/// <summary>A tree over training rows. Children stand behind their parents.</summary>
/// <param name="Rows">The training rows, ordered so that each node's are contiguous.</param>
public sealed record LearnedTree(IReadOnlyList<LearnedNode> Nodes, int[] Rows)
{
    /// <summary>The leaf that a row comes to.</summary>
    public int LeafOf(IReadOnlyList<CodeColumn> features, int row)
    {
        var at = 0;
        for (var node = Nodes[0]; !node.IsLeaf; node = Nodes[at])
        {
            var code = features[node.Feature].Codes[row];
            var isLeft = node.Below > 0 ? code < node.Below : Array.BinarySearch(node.LeftCodes, code) >= 0;
            at = isLeft ? node.Left : node.Right;
        }
        return at;
    }
}
