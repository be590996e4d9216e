namespace RelSeed.Generation;

sealed class NullColumn : ColumnGenerator
{
    public override void Fill(RowFrame frame, ColumnVector target) => target.SetAllNull();
}

sealed class SerialColumn(long start, long step) : ColumnGenerator
{
    public override void Fill(RowFrame frame, ColumnVector target)
    {
        var values = ((Int64Vector)target).Values;
        var rows = frame.Rows;
        for (var i = 0; i < values.Length; i++) values[i] = start + rows[i] * step;
    }
}

/// <summary>The parent's column; null where there is no parent or the parent's is null.</summary>
sealed class ParentColumn(int reference, int column) : ColumnGenerator
{
    public override void Fill(RowFrame frame, ColumnVector target)
    {
        var parents = frame.Parent(reference);
        var source = parents.Column(column);
        if (target is Int64Vector numbers && source is Int64Vector from) from.Values.CopyTo(numbers.Values);
        else
            for (var i = 0; i < target.Count; i++) target.CopyRow(i, source, i);
        MarkAbsent(parents, source, target);
    }

    static void MarkAbsent(RowFrame parents, ColumnVector source, ColumnVector target)
    {
        if (!parents.HasAbsent && !source.HasNulls) return;
        var nulls = target.WriteNulls();
        for (var i = 0; i < nulls.Length; i++) nulls[i] |= parents.IsAbsent(i) || source.IsNull(i);
    }
}

/// <summary>The parent's column, of a fixed width; a value of its own where there is no parent or the parent's is null.</summary>
sealed class CopiedColumn(int reference, int column, ColumnGenerator otherwise) : ColumnGenerator
{
    public override void Fill(RowFrame frame, ColumnVector target)
    {
        otherwise.Fill(frame, target);
        var parents = frame.Parent(reference);
        var source = parents.Column(column);
        for (var i = 0; i < target.Count; i++)
            if (!parents.IsAbsent(i) && !source.IsNull(i)) target.CopyRow(i, source, i);
    }
}

/// <summary>The row's place among its siblings.</summary>
sealed class SiblingNumber(int reference, long start, long step) : ColumnGenerator
{
    public override void Fill(RowFrame frame, ColumnVector target)
    {
        var values = ((Int64Vector)target).Values;
        var ordinals = frame.Ordinals(reference);
        var parents = frame.ParentRows(reference);
        var rows = frame.Rows;
        for (var i = 0; i < values.Length; i++) values[i] = start + (parents[i] < 0 ? rows[i] : ordinals[i]) * step;
    }
}

/// <summary>A value of a finite domain at an index.</summary>
sealed class DomainColumn(IndexGenerator index, DomainGenerator domain) : ColumnGenerator
{
    [ThreadStatic] static long[]? _indexes;

    public override void Fill(RowFrame frame, ColumnVector target)
    {
        if (_indexes is null || _indexes.Length < frame.Count) _indexes = new long[frame.Count];
        var indexes = _indexes.AsSpan(0, frame.Count);
        index.Fill(frame, indexes);
        domain.Fill(indexes, frame, target);
    }
}
