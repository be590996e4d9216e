using RelSeed.Expressions;

namespace RelSeed.Generation;

/// <summary>Columns and references that checks tie together, and the checks.</summary>
/// <param name="columns">Positions of the columns that may be drawn again.</param>
/// <param name="references">Positions of the references that may be.</param>
/// <param name="nullable">Those of the columns that may be null, when no reference decides them.</param>
/// <param name="optional">Those of the references that may be absent.</param>
/// <param name="orders">Pairs that a redraw puts in order.</param>
/// <param name="owners">By column of the table: the reference that decides it, or -1.</param>
/// <param name="readers">By column of the table.</param>
public sealed class CheckGroup(
    int[] columns, int[] references, int[] nullable, int[] optional, IReadOnlyList<GroupCheck> checks, IReadOnlyList<Planning.OrderedPair> orders,
    int[] owners, IReadOnlyList<ValueReader> readers)
{
    // Draws as they come look best, so that repairs wait; unless a check is met by hardly any.
    const int FirstRepair = 4, MostPasses = 3;

    readonly bool _isRare = checks.Any(c => c.IsRare);

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
            if (room > 0 && low.Values[i] - (Int128)order.Least >= room)
                low.Values[i] = (long)(order.Least + (low.Values[i] - (Int128)order.Least) % room);
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

    /// <summary>Whether the attempt's row holds, repaired as far as the attempt may be.</summary>
    internal bool Holds(RowDraft draft, int attempt)
    {
        var passes = _isRare || attempt >= FirstRepair ? MostPasses : 0;
        for (var pass = 0; ; pass++)
        {
            var holds = true;
            foreach (var check in checks)
            {
                if (check.Misses(draft)) return false;
                if (!check.Refuses(draft)) continue;
                if (pass == passes) return false;
                holds = false;
                check.Repair?.Apply(draft);
            }
            // What the values as they are drawn meet by construction, a repair may break.
            if (pass > 0)
                foreach (var check in Narrowing)
                {
                    if (!check.Refuses(draft)) continue;
                    if (pass == passes) return false;
                    holds = false;
                    check.Repair?.Apply(draft);
                }
            if (holds) return true;
        }
    }

    /// <summary>Checks that narrow the columns' values, so that what is drawn meets them.</summary>
    internal IReadOnlyList<GroupCheck> Narrowing { get; init; } = [];

    internal ValueReader Reader(int column) => readers[column];

    /// <summary>The reference that decides a column; -1 for none.</summary>
    internal int ReferenceOf(int column) => owners[column];

    /// <summary>Columns of whose values the user rules: they are drawn again, but nothing else is written over them.</summary>
    internal IReadOnlySet<int> Ruled { get; init; } = new HashSet<int>();

    internal bool MayChange(int column) => owners[column] < 0 && columns.Contains(column) && !Ruled.Contains(column);

    internal bool MayBeNull(int column) => nullable.Contains(column);

    internal bool IsOptional(int reference) => optional.Contains(reference);
}

/// <param name="Name">The constraint's name.</param>
/// <param name="Readers">How each column the predicate asks for is read, by the predicate's own index.</param>
/// <param name="Excused">Rows that it does not bind; null when it binds all.</param>
public sealed record GroupCheck(string Name, CompiledPredicate Predicate, IReadOnlyList<ValueReader> Readers, FirstRows? Excused = null)
{
    const int AttemptsForKeys = 20;

    /// <summary>What moves a row towards it; null for nothing known.</summary>
    internal Repair? Repair { get; init; }

    /// <summary>Rows that have a place in the partial key should take it.</summary>
    internal bool IsWish { get; init; } = true;

    /// <summary>Hardly any draw meets it by chance.</summary>
    internal bool IsRare { get; init; }

    /// <summary>A row of which the evaluator cannot tell is refused too.</summary>
    internal bool MustBeKnown { get; init; }

    /// <summary>The row has a place in a partial key and does not take it. That is only a wish: given up after some draws.</summary>
    internal bool Misses(RowFrame frame, int row) =>
        MayMiss(frame.Attempt, frame.Rows[row]) && Predicate.Test(new FrameRow(frame, Readers, row)) == Verdict.Holds;

    internal bool Misses(RowDraft draft) => MayMiss(draft.Attempt, draft.MadeRow) && Predicate.Test(new DraftRow(draft, Readers)) == Verdict.Holds;

    /// <summary>The row breaks it.</summary>
    internal bool Refuses(RowFrame frame, int row) => Excused?.IsFree(frame.Rows[row]) != true && Refuses(new FrameRow(frame, Readers, row));

    internal bool Refuses(RowDraft draft) => Excused?.IsFree(draft.MadeRow) != true && Refuses(new DraftRow(draft, Readers));

    bool MayMiss(int attempt, long row) => IsWish && attempt < AttemptsForKeys && Excused?.IsFirst(row) == true;

    internal bool Refuses(IRow row) => Predicate.Test(row) switch { Verdict.Fails => true, Verdict.Unknown => MustBeKnown, _ => false };
}

/// <summary>A row of a frame as an expression sees it.</summary>
readonly struct FrameRow(RowFrame frame, IReadOnlyList<ValueReader> readers, int row) : IRow
{
    public SqlValue this[int column] => readers[column].Read(frame, row);
}
