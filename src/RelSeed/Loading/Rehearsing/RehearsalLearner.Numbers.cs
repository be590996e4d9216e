using System.Globalization;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Tables that may not have the same numbers.</summary>
sealed partial class RehearsalLearner
{
    // Where a smaller plan is tried, the other table's numbers go further than is seen here.
    const long FarBeyond = 1_000_000_000;

    // The text looks for the row's number in another table, which has that of every row refused: then these numbers begin behind its own.
    bool NumberBeyond(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, List<int> refused)
    {
        if (refusal is not { Kind: RefusalKind.Trigger, Text: { } text }) return false;
        foreach (var (column, own) in Numbered(plan.Find(table.Table)!, text))
            foreach (var other in plan.Tables.Where(t => t.Rows > 0 && t.Table.Name != table.Table && TriggerText.Mentions(text, t.Table.Name.Name)))
                foreach (var (_, taken) in Numbered(other, text).Where(n => TriggerText.LooksUp(text, other.Table.Name.Name, n.Column.Name, column.Name)))
                {
                    var last = taken.Start + (taken.Step * (other.Rows - 1));
                    if (!refused.TrueForAll(r => own.Start + (own.Step * r) is var number && number >= taken.Start && number <= last)) continue;
                    var bound = redrawn is not null ? last : Math.Max(last, FarBeyond);
                    var beyond = $"{ConditionText.Name(column.Name)} > {bound.ToString(CultureInfo.InvariantCulture)}";
                    if (Add(ref options, table.Table, new LearnedTable { Checks = [new CheckConstraint(SourceOf(refusal), beyond)] })) return true;
                }
        return false;
    }

    static IEnumerable<(Column Column, SerialSpec Serial)> Numbered(TablePlan table, string text) =>
        from column in table.Columns
        where column.Generator is SerialSpec { Step: > 0 } && TriggerText.Mentions(text, column.Column.Name)
        select (column.Column, (SerialSpec)column.Generator);
}
