using RelSeed.Numerics;

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

/// <summary>Distinct integers at an index.</summary>
sealed class IndexedInteger(IndexGenerator index, long min, long step) : ColumnGenerator
{
    public override void Fill(RowFrame frame, ColumnVector target)
    {
        var values = ((Int64Vector)target).Values;
        index.Fill(frame, values);
        for (var i = 0; i < values.Length; i++) values[i] = min + values[i] * step;
    }
}

/// <summary>Distinct UUIDs of version 4: 62 bits are a permutation of the index, the other 60 drawn.</summary>
sealed class IndexedUuid(ulong key, IndexGenerator index) : ColumnGenerator
{
    readonly Permutation _order = new(key, 1L << 62);
    [ThreadStatic] static long[]? _indexes;

    public override void Fill(RowFrame frame, ColumnVector target)
    {
        if (_indexes is null || _indexes.Length < frame.Count) _indexes = new long[frame.Count];
        var indexes = _indexes.AsSpan(0, frame.Count);
        index.Fill(frame, indexes);
        var values = ((UuidVector)target).Values;
        for (var i = 0; i < values.Length; i++)
        {
            var high = CounterRandom.At(key, indexes[i]);
            values[i] = new UInt128((high & ~0xF000UL) | 0x4000UL, (ulong)_order.At(indexes[i]) | 0x8000000000000000UL);
        }
    }
}

/// <summary>A value of a list at an index.</summary>
sealed class IndexedList(IndexGenerator index, ColumnVector list) : ColumnGenerator
{
    [ThreadStatic] static long[]? _indexes;

    public override void Fill(RowFrame frame, ColumnVector target)
    {
        if (_indexes is null || _indexes.Length < frame.Count) _indexes = new long[frame.Count];
        var indexes = _indexes.AsSpan(0, frame.Count);
        index.Fill(frame, indexes);
        for (var i = 0; i < indexes.Length; i++) target.CopyRow(i, list, (int)indexes[i]);
    }
}

/// <summary>A value of any other finite domain at an index.</summary>
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
