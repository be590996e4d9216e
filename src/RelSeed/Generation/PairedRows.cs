using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Rows whose amounts cancel out in pairs: a balance of two columns is exchanged, of one negated, of sides told the other way.</summary>
/// <param name="amount">Position of the column of amounts.</param>
/// <param name="other">Of the other side's column, or of the one that tells the side; -1 for none.</param>
/// <param name="sides">The two values that tell the side; null where no column does.</param>
/// <param name="tied">Positions of the columns that checks tie to these: they are as in the first row.</param>
sealed class PairedRows(int amount, int other, ColumnVector? sides, IReadOnlySet<int> tied)
{
    readonly ulong _first = sides is null ? 0 : RowDigest.HashValue(sides, 0);

    public bool Reads(int column) => column == amount || column == other || tied.Contains(column);

    /// <param name="rows">Those to be filled.</param>
    /// <param name="firsts">The first of each one's pair.</param>
    public void Fill(RowFrame rows, RowFrame firsts, int column, ColumnVector target)
    {
        var (own, opposite) = (firsts.Column(column), sides is null ? Opposite(firsts, column) : firsts.Column(column));
        for (var i = 0; i < rows.Count; i++)
        {
            var isSecond = (rows.Rows[i] & 1) == 1;
            if (isSecond && sides is not null && column == other && !own.IsNull(i))
                target.CopyRow(i, sides, RowDigest.HashValue(own, i) == _first ? 1 : 0);
            else target.CopyRow(i, isSecond ? opposite : own, i);
            if (isSecond && sides is null && other < 0 && column == amount && !target.IsNull(i)) Negate(target, i);
        }
    }

    ColumnVector Opposite(RowFrame firsts, int column) =>
        other < 0 || (column != amount && column != other) ? firsts.Column(column) : firsts.Column(column == amount ? other : amount);

    static void Negate(ColumnVector target, int row)
    {
        if (target is Int64Vector whole) whole.Values[row] = -whole.Values[row];
        else if (target is Float64Vector real) real.Values[row] = -real.Values[row];
    }

    /// <summary>Null where the table's rows are in no pairs.</summary>
    public static PairedRows? Of(TablePlan table, TableGenerator generator)
    {
        if (table.Balance is not { } balance) return null;
        var (amount, other) = (table.Table.IndexOf(balance.Amount), balance.Other is { } name ? table.Table.IndexOf(name) : -1);
        var groups = new[] { amount, other }.Where(c => c >= 0).Select(generator.GroupOfColumn).Where(g => g >= 0).Distinct();
        return new PairedRows(amount, other, balance.Sides.IsEmpty ? null : ValueLists.Parse(balance.Sides, table.Columns[other].Column.Type),
            groups.SelectMany(g => generator.Groups[g].Columns).Where(c => table.Columns[c].Generator is not ReferenceColumnSpec).ToHashSet());
    }
}
