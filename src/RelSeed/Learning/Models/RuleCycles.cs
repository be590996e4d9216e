using RelSeed.Learning.Sampling;
using RelSeed.Profiling;

namespace RelSeed.Learning.Models;

/// <summary>Of two columns each may be told by the other: a treatment's cost is the sum of its single bill, and the bill's amount that of its treatment.
/// Nothing could be computed first.</summary>
static class RuleCycles
{
    /// <summary>Takes rules by children away until none leads back to its own column; what the child takes of its parent stays.</summary>
    public static void Break(IReadOnlyDictionary<SampleTable, LearnedTable> tables)
    {
        foreach (var table in tables.Values)
            table.Rules.RemoveAll(r => r.Kind is RuleKind.SumOfChildren && LeadsBack(tables, table, r));
    }

    static bool LeadsBack(IReadOnlyDictionary<SampleTable, LearnedTable> tables, LearnedTable table, RuleProfile rule)
    {
        var (passed, open) = (new HashSet<(LearnedTable, string)>(), new Stack<(LearnedTable Table, string Column)>());
        var itself = (table, table.Sample.Table.Columns[rule.Column].Name);
        foreach (var source in Sources(tables, table, rule)) open.Push(source);
        while (open.TryPop(out var at))
        {
            if (at == itself) return true;
            if (!passed.Add(at)) continue;
            foreach (var next in at.Table.Rules.Where(r => at.Table.Sample.Table.Columns[r.Column].Name == at.Column))
                foreach (var source in Sources(tables, at.Table, next)) open.Push(source);
        }
        return false;
    }

    // The columns that a rule computes its own of.
    static IEnumerable<(LearnedTable, string)> Sources(IReadOnlyDictionary<SampleTable, LearnedTable> tables, LearnedTable table, RuleProfile rule)
    {
        var of = rule.Kind switch
        {
            RuleKind.ParentColumn => tables[table.Sample.References[rule.Reference].Principal],
            RuleKind.SumOfChildren or RuleKind.CountOfChildren => tables.Values.First(t => t.Sample.Table.Name == rule.ChildTable),
            _ => table,
        };
        if (rule.Left is { } left) yield return (of, left);
        if (rule.Right is { } right) yield return (of, right);
    }
}
