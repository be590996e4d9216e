namespace RelSeed.Generation;

/// <summary>Takes the next parent that passes where the one chosen does not. The list is made once, when first asked: 8 bytes a parent.</summary>
sealed class PassingParent(TableGenerator parent, CompiledFilter[] filters, GroupCheck[] conditions, ReferenceGenerator inner) : ReferenceGenerator
{
    readonly Lazy<long[]> _taken = new(() => FilteredParent.Rows(parent, filters, conditions));

    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        inner.Fill(frame, parents, ordinals);
        var taken = _taken.Value;
        for (var i = 0; i < parents.Length; i++)
        {
            if (parents[i] < 0) continue;
            var at = taken.AsSpan().BinarySearch(parents[i]);
            if (at < 0) parents[i] = taken.Length == 0 ? -1 : taken[~at % taken.Length];
        }
    }
}
