using RelSeed.Expressions;

namespace RelSeed.Generation;

/// <summary>Columns and references that checks tie together, and the checks.</summary>
/// <param name="columns">Positions of the columns that may be drawn again.</param>
/// <param name="references">Positions of the references that may be.</param>
/// <param name="nullable">Those of the columns that may be null, when no reference decides them.</param>
/// <param name="optional">Those of the references that may be absent.</param>
/// <param name="orders">Pairs that a redraw puts in order.</param>
public sealed class CheckGroup(
    int[] columns, int[] references, int[] nullable, int[] optional, IReadOnlyList<GroupCheck> checks, IReadOnlyList<Planning.OrderedPair> orders)
{
    public IReadOnlyList<int> Columns => columns;
    public IReadOnlyList<int> References => references;
    public IReadOnlyList<GroupCheck> Checks => checks;

    /// <summary>Makes all members for the frame's rows and attempt.</summary>
    internal void Make(RowFrame frame)
    {
        foreach (var reference in references)
        {
            frame.ParentRows(reference);
            if (optional.Contains(reference)) frame.NullParents(reference);
        }
        foreach (var column in columns)
        {
            var values = frame.Column(column);
            if (nullable.Contains(column)) NullSome(frame, column, values);
        }
        if (frame.Attempt == 0) return;
        foreach (var order in orders) Order(order, (Int64Vector)frame.Column(order.Low), (Int64Vector)frame.Column(order.High));
    }

    // Independent draws over ranges of very different width would hardly ever come in order.
    static void Order(Planning.OrderedPair order, Int64Vector low, Int64Vector high)
    {
        for (var i = 0; i < low.Count; i++)
        {
            if (low.IsNull(i) || high.IsNull(i) || low.Values[i] < order.Least) continue;
            var room = (Int128)high.Values[i] - order.Least + (order.IsStrict ? 0 : 1);
            if (room > 0 && low.Values[i] - (Int128)order.Least >= room) low.Values[i] = (long)(order.Least + (low.Values[i] - (Int128)order.Least) % room);
        }
    }

    static void NullSome(RowFrame frame, int column, ColumnVector values)
    {
        for (var i = 0; i < values.Count; i++)
            if (frame.IsNulled((ulong)column, i)) values.WriteNulls()[i] = true;
    }

    internal bool Holds(RowFrame frame, int row)
    {
        foreach (var check in checks)
            if (check.Refuses(frame, row) || check.Misses(frame, row)) return false;
        return true;
    }
}

/// <param name="Name">The constraint's name.</param>
/// <param name="Readers">How each column the predicate asks for is read, by the predicate's own index.</param>
/// <param name="Excused">Rows that it does not bind; null when it binds all.</param>
public sealed record GroupCheck(string Name, CompiledPredicate Predicate, IReadOnlyList<ValueReader> Readers, FirstRows? Excused = null)
{
    const int AttemptsForKeys = 20;

    /// <summary>The row has a place in a partial key and does not take it. That is only a wish: given up after some draws.</summary>
    internal bool Misses(RowFrame frame, int row) => frame.Attempt < AttemptsForKeys
        && Excused?.IsFirst(frame.Rows[row]) == true && Predicate.Test(new FrameRow(frame, Readers, row)) == Verdict.Holds;

    /// <summary>The row breaks it.</summary>
    internal bool Refuses(RowFrame frame, int row) =>
        Excused?.IsFree(frame.Rows[row]) != true && Predicate.Test(new FrameRow(frame, Readers, row)) == Verdict.Fails;
}

/// <summary>A row of a frame as an expression sees it.</summary>
readonly struct FrameRow(RowFrame frame, IReadOnlyList<ValueReader> readers, int row) : IRow
{
    public SqlValue this[int column] => readers[column].Read(frame, row);
}
