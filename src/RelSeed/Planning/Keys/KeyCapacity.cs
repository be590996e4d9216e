namespace RelSeed.Planning;

/// <summary>How many rows a key has room for.</summary>
static class KeyCapacity
{
    public static void Bound(TableDraft draft, KeyDraft key, Func<TableDraft, int, long, DomainSpec?> domains)
    {
        if (key.Key.Predicate is null && key.IsConstant) draft.Limit(1, $"the key {key.Name} has room for 1 row");
        if (key.Key.Predicate is not null || key.IsOpaque) return;
        // Rows in which a column is null stand outside the key, as many as there may be.
        var mayBeOutside = !key.Key.IsPrimary && key.Free.Count == 0
            && key.Columns.Any(c => draft.Table.Columns[c].IsNullable && !key.NeverNull.Contains(c));
        if (mayBeOutside) return;
        if (UniqueColumns.HasFewValues(draft, key, domains)) return;
        UInt128 capacity = 1;
        if (key.Free.Count == 0 && key.References.Count == 1) capacity = (UInt128)FreeParents(draft, key.References[0]);
        else
            foreach (var reference in key.References) capacity = Product(capacity, reference.ParentRows);
        foreach (var column in key.Free)
            capacity = Product(capacity, UniqueColumns.Serial(draft, column)?.Capacity ?? domains(draft, column, draft.Rows)?.Size ?? 1);
        foreach (var reference in key.Partial.Where(p => !key.References.Contains(p))) capacity = Product(capacity, reference.ParentRows);
        if (capacity < (UInt128)draft.Rows) draft.Limit((long)capacity, $"the key {key.Name} has room for {capacity} rows");
    }

    /// <summary>Parents that may get the one child they may have.</summary>
    public static long FreeParents(TableDraft draft, ReferenceDraft reference)
    {
        var free = reference.ParentRows - TakenParents(draft, reference);
        return SliceOf(draft, reference) is { } slice ? slice.Of(free) : free;
    }

    /// <summary>Parents that stood in the database and may have their one child already.</summary>
    public static long TakenParents(TableDraft draft, ReferenceDraft reference) =>
        draft.ExistingRows > 0 || SliceOf(draft, reference) is { IsOfModel: true } ? reference.ExistingParents : 0;

    /// <summary>The part of the parents that the table takes, where siblings take the others.</summary>
    public static Slice? SliceOf(TableDraft draft, ReferenceDraft reference) =>
        reference.Columns.Select(c => draft.Slices.GetValueOrDefault(c)).FirstOrDefault(s => s is not null);

    public static UInt128 Product(UInt128 left, long right) => left > long.MaxValue ? left : left * (UInt128)Math.Max(0, right);
}
