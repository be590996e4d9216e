using RelSeed.Numerics;

namespace RelSeed.Generation;

sealed class NullByShare(ulong key, double share) : NullGenerator
{
    readonly ulong _threshold = CounterRandom.Threshold(share);

    public override void Mark(RowFrame frame, ColumnVector target)
    {
        var nulls = target.WriteNulls();
        var counters = frame.Counters;
        for (var i = 0; i < nulls.Length; i++) nulls[i] |= CounterRandom.At(key, counters[i]) < _threshold;
    }
}

/// <summary>Null as another column is, or just when it is not.</summary>
sealed class NullByColumn(int column, bool opposite) : NullGenerator
{
    public override void Mark(RowFrame frame, ColumnVector target)
    {
        var other = frame.Column(column);
        var nulls = target.WriteNulls();
        for (var i = 0; i < nulls.Length; i++) nulls[i] |= other.IsNull(i) != opposite;
    }
}

/// <summary>Rows whose column holds one of some values, or any but NULL.</summary>
sealed class RowScope(int column, ColumnVector? allowed)
{
    readonly HashSet<ulong>? _hashes = allowed is null ? null : [.. Enumerable.Range(0, allowed.Count).Select(i => RowDigest.HashValue(allowed, i))];

    public ColumnVector Guard(RowFrame frame) => frame.Column(column);

    public bool Holds(ColumnVector guard, int row) => !guard.IsNull(row) && _hashes?.Contains(RowDigest.HashValue(guard, row)) != false;
}

/// <summary>Null in the rows that the column does not belong to, and in a share of the others.</summary>
sealed class NullByScope(int column, ColumnVector? allowed, ulong key, double share) : NullGenerator
{
    readonly RowScope _scope = new(column, allowed);
    readonly ulong _threshold = CounterRandom.Threshold(share);

    public override void Mark(RowFrame frame, ColumnVector target)
    {
        var guard = _scope.Guard(frame);
        var nulls = target.WriteNulls();
        var counters = frame.Counters;
        for (var i = 0; i < nulls.Length; i++) nulls[i] |= !_scope.Holds(guard, i) || CounterRandom.At(key, counters[i]) < _threshold;
    }
}

/// <summary>Null unless another column holds one of some values.</summary>
sealed class NullByValue(int column, ColumnVector allowed) : NullGenerator
{
    readonly HashSet<ulong> _hashes = [.. Enumerable.Range(0, allowed.Count).Select(i => RowDigest.HashValue(allowed, i))];

    public override void Mark(RowFrame frame, ColumnVector target)
    {
        var other = frame.Column(column);
        var nulls = target.WriteNulls();
        for (var i = 0; i < nulls.Length; i++) nulls[i] |= other.IsNull(i) || !_hashes.Contains(RowDigest.HashValue(other, i));
    }
}

/// <summary>Null behind the first rows.</summary>
sealed class NullBehind(long rows) : NullGenerator
{
    public override void Mark(RowFrame frame, ColumnVector target)
    {
        var nulls = target.WriteNulls();
        for (var i = 0; i < nulls.Length; i++) nulls[i] |= frame.Rows[i] >= rows;
    }
}
