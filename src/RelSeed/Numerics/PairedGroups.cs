namespace RelSeed.Numerics;

/// <summary>Groups in which every child of another index stands for two rows, one after the other.</summary>
sealed class PairedGroups(GroupIndex pairs) : GroupIndex
{
    public override long Parents => pairs.Parents;
    public override long Children => 2 * pairs.Children;

    public override long FirstChild(long parent) => 2 * pairs.FirstChild(parent);

    public override long LargestGroup() => 2 * pairs.LargestGroup();

    public override void Locate(ReadOnlySpan<long> rows, Span<long> parents, Span<long> ordinals)
    {
        var halves = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++) halves[i] = rows[i] >> 1;
        pairs.Locate(halves, parents, ordinals);
        for (var i = 0; i < rows.Length; i++) ordinals[i] = 2 * ordinals[i] + (rows[i] & 1);
    }
}
