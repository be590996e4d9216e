using RelSeed.Expressions;
using RelSeed.Numerics;

namespace RelSeed.Generation;

/// <summary>A row of an attempt with values that repairs put over the drawn ones.</summary>
/// <param name="group">Its members alone may be changed.</param>
sealed class RowDraft(CheckGroup group)
{
    readonly Dictionary<int, ColumnVector> _changed = [];
    readonly HashSet<int> _withoutParent = [];
    RowFrame _frame = null!;
    int _row;
    ulong _coins;

    public void Reset(RowFrame frame, int row)
    {
        (_frame, _row, _coins) = (frame, row, 0);
        _changed.Clear();
        _withoutParent.Clear();
    }

    public int Attempt => _frame.Attempt;

    /// <summary>The row as generators count.</summary>
    public long MadeRow => _frame.Rows[_row];

    /// <summary>A column's value as it stands.</summary>
    public SqlValue this[int column]
    {
        get
        {
            if (_changed.TryGetValue(column, out var changed)) return group.Reader(column).Read(changed, 0);
            return group.ReferenceOf(column) is var reference and >= 0 && _withoutParent.Contains(reference) ? SqlValue.Null
                : group.Reader(column).Read(_frame, _row);
        }
    }

    /// <summary>The next word of chance for this row and attempt.</summary>
    public ulong Coin() => CounterRandom.At(CounterRandom.Derive((ulong)_frame.Attempt, ++_coins), _frame.Rows[_row]);

    public int Coin(int sides) => (int)(Coin() % (ulong)sides);

    /// <returns>False when the column is not to be changed, or its type cannot hold the value.</returns>
    public bool Set(int column, SqlValue value)
    {
        if (value.IsNull) return SetNull(column);
        if (!value.IsEvaluable || !group.MayChange(column)) return false;
        var vector = ColumnVector.Create(_frame.Table.Columns[column].Type);
        vector.Reset(1);
        if (!ValueWriter.TryWrite(vector, 0, value, _frame.Table.Columns[column].Type)) return false;
        _changed[column] = vector;
        return true;
    }

    public bool SetNull(int column)
    {
        if (group.ReferenceOf(column) is var reference and >= 0) return group.IsOptional(reference) && (_withoutParent.Add(reference) || true);
        if (!group.MayBeNull(column)) return false;
        var vector = ColumnVector.Create(_frame.Table.Columns[column].Type);
        vector.Reset(1);
        vector.CopyNullRow(0);
        _changed[column] = vector;
        return true;
    }

    /// <summary>Takes a null that a repair put there away again.</summary>
    public void Restore(int column)
    {
        if (!this[column].IsNull) return;
        _changed.Remove(column);
        _withoutParent.Remove(group.ReferenceOf(column));
    }

    public bool HasParent(int reference) => !_withoutParent.Contains(reference);

    /// <summary>Where the column's value stands.</summary>
    public (ColumnVector? Vector, int Row) Place(int column)
    {
        if (_changed.TryGetValue(column, out var changed)) return (changed, 0);
        return group.ReferenceOf(column) is var reference and >= 0 && _withoutParent.Contains(reference) ? (null, 0) : (_frame.Column(column), _row);
    }
}

/// <summary>A draft as an expression sees it.</summary>
readonly struct DraftRow(RowDraft draft, IReadOnlyList<ValueReader> readers) : IRow
{
    public SqlValue this[int column] => draft[readers[column].Column];
}
