using RelSeed.Numerics;

namespace RelSeed.Generation;

/// <summary>A digit of the row's place in a permutation.</summary>
sealed class PermutedRow(ulong key, long size, long divisor, long radix) : IndexGenerator
{
    readonly Permutation _order = new(key, size);

    public override void Fill(RowFrame frame, Span<long> indexes)
    {
        var rows = frame.Rows;
        if (divisor == 1 && radix == size)
            for (var i = 0; i < rows.Length; i++) indexes[i] = _order.At(rows[i]);
        else
            for (var i = 0; i < rows.Length; i++) indexes[i] = _order.At(rows[i]) / divisor % radix;
    }
}

/// <summary>The row's place in its block, in an order of the block's own.</summary>
sealed class PermutedBlock(ulong key, long size) : IndexGenerator
{
    public override void Fill(RowFrame frame, Span<long> indexes)
    {
        var rows = frame.Rows;
        for (var i = 0; i < rows.Length; i++) indexes[i] = new Permutation(CounterRandom.Derive(key, (ulong)(rows[i] / size)), size).At(rows[i] % size);
    }
}

sealed class RowInOrder : IndexGenerator
{
    public override void Fill(RowFrame frame, Span<long> indexes) => frame.Rows.CopyTo(indexes);
}

/// <summary>A digit of the row's place in a permutation of its sibling group's own.</summary>
sealed class PermutedSibling(ulong key, int reference, long size, long divisor, long radix) : IndexGenerator
{
    public override void Fill(RowFrame frame, Span<long> indexes)
    {
        var parents = frame.ParentRows(reference);
        var ordinals = frame.Ordinals(reference);
        var rows = frame.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            // A row without a parent is in no group; NULL keeps it out of the key, so any place will do.
            var place = parents[i] < 0 ? rows[i] : ordinals[i];
            indexes[i] = new Permutation(CounterRandom.Derive(key, (ulong)parents[i]), size).At(place) / divisor % radix;
        }
    }
}

/// <summary>The row's place among its siblings, as it is.</summary>
sealed class SiblingPlace(int reference) : IndexGenerator
{
    public override void Fill(RowFrame frame, Span<long> indexes) => frame.Ordinals(reference).CopyTo(indexes);
}
