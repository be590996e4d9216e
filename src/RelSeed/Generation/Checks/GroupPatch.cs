namespace RelSeed.Generation;

/// <summary>The values of rows that were drawn again, until they replace the first draw's.</summary>
sealed class GroupPatch
{
    readonly Dictionary<int, int> _places = [];
    readonly Dictionary<int, ColumnVector> _columns;
    readonly Dictionary<int, long[]> _parents;

    public GroupPatch(RowFrame frame, CheckGroup group, int rows)
    {
        _columns = group.Columns.ToDictionary(c => c, c => ColumnVector.Create(frame.Table.Columns[c].Type));
        foreach (var vector in _columns.Values) vector.Reset(rows);
        _parents = group.References.ToDictionary(r => r, _ => new long[rows]);
    }

    /// <summary>Keeps a row of an attempt, as it was repaired, for a row of the frame.</summary>
    public void Take(int row, RowFrame attempt, int attemptRow, RowDraft draft)
    {
        var place = _places.Count;
        foreach (var (column, vector) in _columns)
        {
            var (source, sourceRow) = draft.Place(column);
            if (source is null) vector.CopyNullRow(place);
            else vector.CopyRow(place, source, sourceRow);
        }
        foreach (var (reference, parents) in _parents)
            parents[place] = draft.HasParent(reference) ? attempt.ParentRowsAsMade(reference)[attemptRow] : -1;
        _places.Add(row, place);
    }

    public ColumnVector Apply(int column, ColumnVector made)
    {
        var patch = _columns[column];
        var result = Like(patch);
        result.Reset(made.Count);
        for (var i = 0; i < made.Count; i++)
        {
            if (_places.TryGetValue(i, out var place)) result.CopyRow(i, patch, place);
            else result.CopyRow(i, made, i);
        }
        return result;
    }

    public void ApplyReference(int reference, long[] parents)
    {
        foreach (var (row, place) in _places) parents[row] = _parents[reference][place];
    }

    static ColumnVector Like(ColumnVector vector) => vector switch
    {
        BytesVector => new BytesVector(),
        ListVector list => new ListVector(Like(list.Items)),
        StructVector fields => new StructVector([.. fields.Fields.Select(Like)]),
        Int64Vector => new Int64Vector(),
        Float64Vector => new Float64Vector(),
        _ => new UuidVector(),
    };
}
