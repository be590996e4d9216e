namespace RelSeed.Generation;

/// <summary>A table's arrangement, made when a row is first asked for.</summary>
sealed class LazyArrangement(Func<(IArrangement Made, int[] Order)> make, string table)
{
    readonly Lock _lock = new();
    (IArrangement Made, int[] Places)? _made;
    bool _isMaking;

    /// <summary>Rows that found a place.</summary>
    public long Placed => Get().Made.Placed;

    /// <param name="choice">As the specification counts.</param>
    public void Fill(int choice, ReadOnlySpan<long> rows, Span<long> targets)
    {
        var (made, places) = Get();
        for (var i = 0; i < rows.Length; i++) targets[i] = made.Target(places[choice], rows[i]);
    }

    /// <summary>The vector that holds a row's chosen value, and its place in it; null for null.</summary>
    public (ColumnVector? Values, int Place) Value(int column, long row) => ((RowSearch)Get().Made).Value(column, row);

    (IArrangement Made, int[] Places) Get()
    {
        lock (_lock)
        {
            if (_made is { } known) return known;
            if (_isMaking)
                throw new PlanException("RS2014",
                    $"The keys of {table} depend on rows that depend on them in turn, through a cycle of foreign keys over the same columns. Leave the table out with --exclude {table}.")
                {
                    Tables = [new(table, "RS2014 its keys depend on themselves through a cycle of foreign keys")],
                };
            _isMaking = true;
            var (made, order) = make();
            var places = new int[order.Length];
            for (var p = 0; p < order.Length; p++) places[order[p]] = p;
            _made = (made, places);
            return (made, places);
        }
    }
}

sealed class ArrangedParent(LazyArrangement arrangement, int choice) : ReferenceGenerator
{
    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals) => arrangement.Fill(choice, frame.Rows, parents);
}

/// <summary>A value that the search gave the row itself, whichever row it came from.</summary>
sealed class ChosenColumn(LazyArrangement arrangement, int column) : ColumnGenerator
{
    public override void Fill(RowFrame frame, ColumnVector target)
    {
        for (var i = 0; i < target.Count; i++)
        {
            if (arrangement.Value(column, frame.Rows[i]) is ({ } values, var place)) target.CopyRow(i, values, place);
            else target.CopyNullRow(i);
        }
    }
}

/// <summary>A value of a domain at the index that the arrangement chose.</summary>
sealed class ArrangedColumn(LazyArrangement arrangement, int choice, DomainGenerator domain) : ColumnGenerator
{
    public DomainGenerator Domain => domain;

    public override void Fill(RowFrame frame, ColumnVector target)
    {
        var indexes = new long[frame.Count];
        arrangement.Fill(choice, frame.Rows, indexes);
        var isNull = Array.ConvertAll(indexes, i => i < 0);
        for (var i = 0; i < indexes.Length; i++) indexes[i] = Math.Max(0, indexes[i]);
        // Counted by the index too, so that the value is the candidate that was compared.
        domain.Fill(indexes, indexes, frame, target);
        if (!isNull.Contains(true)) return;
        var nulls = target.WriteNulls();
        for (var i = 0; i < isNull.Length; i++) nulls[i] |= isNull[i];
    }
}
