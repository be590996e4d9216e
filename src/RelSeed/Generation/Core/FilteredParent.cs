using RelSeed.Expressions;

namespace RelSeed.Generation;

/// <summary>Takes only parents for which another table has a row of the same values and that fail no condition. The list is made once, when first
/// asked: 8 bytes a parent.</summary>
sealed class FilteredParent(TableGenerator parent, CompiledFilter[] filters, GroupCheck[] conditions, Func<long[], ReferenceGenerator> inner)
    : ReferenceGenerator
{
    readonly Lazy<(long[] Rows, ReferenceGenerator Inner)> _taken = new(() => Take(parent, filters, conditions, inner));

    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        var (rows, generator) = _taken.Value;
        generator.Fill(frame, parents, ordinals);
        for (var i = 0; i < parents.Length; i++)
            if (parents[i] >= 0) parents[i] = rows[parents[i]];
    }

    static (long[], ReferenceGenerator) Take(TableGenerator parent, CompiledFilter[] filters, GroupCheck[] conditions, Func<long[],
        ReferenceGenerator> inner)
    {
        var taken = Rows(parent, filters, conditions);
        return (taken, inner(taken));
    }

    /// <summary>The parent's rows that pass all filters and conditions.</summary>
    public static long[] Rows(TableGenerator parent, CompiledFilter[] filters, GroupCheck[] conditions)
    {
        const int BatchRows = 4096;
        var groups = filters.Select(f => RowGroups.Of(f.Other, f.OtherColumns)).ToArray();
        var frame = new RowFrame(parent);
        var hashes = new UInt128[BatchRows];
        var taken = new List<long>();
        for (long first = 0; first < parent.RowCount; first += BatchRows)
        {
            var count = (int)Math.Min(BatchRows, parent.RowCount - first);
            frame.Reset(first, count);
            var passes = new bool[count];
            Array.Fill(passes, true);
            for (var f = 0; f < filters.Length; f++)
            {
                foreach (var column in filters[f].Columns) frame.Column(column);
                RowGroups.Hash(frame, filters[f].Columns, hashes.AsSpan(0, count));
                for (var i = 0; i < count; i++) passes[i] &= !groups[f].Find(hashes[i]).IsEmpty;
            }
            foreach (var condition in conditions)
                for (var i = 0; i < count; i++) passes[i] &= condition.Predicate.Test(new FrameRow(frame, condition.Readers, i)) != Verdict.Fails;
            for (var i = 0; i < count; i++)
                if (passes[i]) taken.Add(first + i);
        }
        return [.. taken];
    }
}

/// <param name="Columns">Positions of the parent's columns.</param>
sealed record CompiledFilter(int[] Columns, TableGenerator Other, int[] OtherColumns);
