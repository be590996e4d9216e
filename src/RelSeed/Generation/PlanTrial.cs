using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Tries plan after plan of one schema: what a table that has not changed since, nor any it leads to, was found to be is not found out
/// again.</summary>
sealed class PlanTrial(IReadOnlyDictionary<TableName, ExistingRows> existing)
{
    readonly HashSet<TableName> _holding = [];
    SeedPlan? _last;
    Dictionary<TableName, TableGenerator> _tables = [];

    /// <summary>Goes through the tables, parents first, up to the first of which a row does not hold: to find the room of those after it, its rows
    /// would be searched in vain.</summary>
    /// <param name="findings">Takes what else comes out another way than planned.</param>
    /// <param name="given">Tables that are not tried.</param>
    /// <returns>The first table with rows that do not hold, whose parents are not short of rows; null when there is none.</returns>
    public TableName? FindBroken(SeedPlan plan, PlanFindings findings, HashSet<TableName> given)
    {
        var same = _last is not null && ReferenceEquals(_last.Schema, plan.Schema) && _last.Seed == plan.Seed
            ? PlanComparison.Unchanged(_last, plan) : [];
        _holding.IntersectWith(same);
        _tables = PlanCompiler.Compile(plan, existing, findings, same.ToDictionary(t => t, t => _tables[t]));
        _last = plan;
        if (!findings.IsEmpty) return null;
        var unsure = new HashSet<TableName>();
        foreach (var table in ReadOrder.Of(plan).Where(t => t.Rows > 0))
        {
            var (name, generator) = (table.Table.Name, _tables[table.Table.Name]);
            var isCounted = PlanCompiler.CountParents(plan, table, _tables, findings);
            if (isCounted && (PlanCompiler.ShortOf(table, generator) ?? (given.Contains(name) ? Crowded(plan, table, generator) : null)) is { } found)
                findings.Shortfalls[name] = found;
            if (!isCounted || findings.Shortfalls.ContainsKey(name) || PlanComparison.ReadBy(table).Any(unsure.Contains)) unsure.Add(name);
            else if (!given.Contains(name) && !_holding.Contains(name) && RowTrial.IsBroken(plan, table, generator)) return name;
            else _holding.Add(name);
        }
        return null;
    }

    // The rows that stand in it have taken the keys, and a search found no others.
    static Shortfall? Crowded(SeedPlan plan, TablePlan table, TableGenerator generator) =>
        generator.FirstNew > 0 && RowScreening.CountMissing(plan, table, generator) is > 0 and var missing
        ? new(table.Rows - missing, $"its keys, beside the {generator.FirstNew} rows that stand there, have", IsRedrawn: false) : null;
}
