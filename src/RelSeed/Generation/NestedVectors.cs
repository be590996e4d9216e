namespace RelSeed.Generation;

/// <summary>Arrays of one dimension: row r holds the items [Start(r), End(r)) of <see cref="Items"/>.</summary>
public sealed class ListVector(ColumnVector items) : ColumnVector
{
    int[] _ends = [];
    int _row;

    public ColumnVector Items { get; } = items;
    public int Start(int row) => row == 0 ? 0 : _ends[row - 1];
    public int End(int row) => _ends[row];

    protected override void OnReset(int count)
    {
        if (_ends.Length < count) _ends = new int[Capacity(count)];
        _row = 0;
    }

    protected override void OnExtend(int count)
    {
        if (_ends.Length < count) Array.Resize(ref _ends, Capacity(count));
    }

    protected override void OnAllNull()
    {
        _ends.AsSpan(0, Count).Clear();
        Items.Reset(0);
    }

    /// <summary>Ends the next row after so many items in all; <see cref="Items"/> is filled by the caller.</summary>
    public void EndRow(int itemsSoFar) => _ends[_row++] = itemsSoFar;

    public override void CopyRow(int row, ColumnVector source, int sourceRow)
    {
        var from = (ListVector)source;
        var start = Start(row);
        var count = source.IsNull(sourceRow) ? 0 : from.End(sourceRow) - from.Start(sourceRow);
        if (row == 0) Items.Reset(0);
        Items.Extend(start + count);
        for (var i = 0; i < count; i++) Items.CopyRow(start + i, from.Items, from.Start(sourceRow) + i);
        EndRow(start + count);
        CopyNull(row, source, sourceRow);
    }

    public override void CopyNullRow(int row)
    {
        if (row == 0) Items.Reset(0);
        EndRow(Start(row));
        WriteNulls()[row] = true;
    }
}

/// <summary>Composites and ranges: one vector a field, all of the same count.</summary>
public sealed class StructVector(ColumnVector[] fields) : ColumnVector
{
    public ColumnVector[] Fields { get; } = fields;

    protected override void OnReset(int count)
    {
        foreach (var field in Fields) field.Reset(count);
    }

    protected override void OnExtend(int count)
    {
        foreach (var field in Fields) field.Extend(count);
    }

    protected override void OnAllNull()
    {
        foreach (var field in Fields) field.SetAllNull();
    }

    public override void CopyRow(int row, ColumnVector source, int sourceRow)
    {
        var from = (StructVector)source;
        for (var f = 0; f < Fields.Length; f++) Fields[f].CopyRow(row, from.Fields[f], sourceRow);
        CopyNull(row, source, sourceRow);
    }

    public override void CopyNullRow(int row)
    {
        foreach (var field in Fields) field.CopyNullRow(row);
        WriteNulls()[row] = true;
    }
}
