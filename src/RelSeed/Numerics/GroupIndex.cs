namespace RelSeed.Numerics;

/// <summary>Children in groups by parent: parent j owns the child rows [<see cref="FirstChild"/>(j), FirstChild(j + 1)).</summary>
public abstract class GroupIndex
{
    public abstract long Parents { get; }
    public abstract long Children { get; }

    /// <summary>First child row of a parent; for <see cref="Parents"/> the number of children.</summary>
    public abstract long FirstChild(long parent);

    /// <summary>The largest group.</summary>
    public abstract long LargestGroup();

    /// <summary>The parent of each child row and the row's 0-based place in its group. Rows that ascend are found by walking on.</summary>
    /// <param name="rows">Child rows, each from 0 to <see cref="Children"/> - 1.</param>
    public abstract void Locate(ReadOnlySpan<long> rows, Span<long> parents, Span<long> ordinals);
}
