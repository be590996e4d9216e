using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Tries plan after plan of one schema: what a table that has not changed since, nor any it leads to, was found to be is not found out again.</summary>
sealed class PlanTrial(IReadOnlyDictionary<TableName, ExistingRows> existing)
{
    readonly HashSet<TableName> _holding = [];
    SeedPlan? _last;
    Dictionary<TableName, TableGenerator> _tables = [];

    /// <param name="given">Tables that are not tried.</param>
    /// <returns>The first table whose rows do not hold; null when all do, or when some table is short of rows.</returns>
    public TableName? FindBroken(SeedPlan plan, PlanFindings findings, HashSet<TableName> given)
    {
        var same = _last is not null && ReferenceEquals(_last.Schema, plan.Schema) && _last.Seed == plan.Seed ? Same(_last, plan) : [];
        _holding.IntersectWith(same);
        _tables = PlanCompiler.Compile(plan, existing, findings, same.ToDictionary(t => t, t => _tables[t]));
        _last = plan;
        return findings.IsEmpty ? RowTrial.FindBroken(plan, _tables, given, _holding) : null;
    }

    static HashSet<TableName> Same(SeedPlan last, SeedPlan plan)
    {
        var before = last.Tables.ToDictionary(t => t.Table.Name);
        var dependents = plan.Tables.SelectMany(t => ReadBy(t).Select(read => (Read: read, t.Table.Name))).ToLookup(k => k.Read, k => k.Name);
        var changed = new HashSet<TableName>();
        var waiting = new Stack<TableName>(plan.Tables.Where(t => !IsApart(t) || !before.TryGetValue(t.Table.Name, out var old) || !old.Equals(t)).Select(t => t.Table.Name));
        while (waiting.TryPop(out var table))
            if (changed.Add(table))
                foreach (var dependent in dependents[table]) waiting.Push(dependent);
        return [.. plan.Tables.Select(t => t.Table.Name).Where(t => !changed.Contains(t))];
    }

    static IEnumerable<TableName> ReadBy(TablePlan table) =>
        table.References.Select(r => r.Key.Principal).Concat(table.Table.ForeignKeys.Select(k => k.Principal)).Concat(table.Sources.Select(s => s.Table));

    // It reads no other table but those that its references lead to, or whose triggers make its rows.
    static bool IsApart(TablePlan table) => table.Profiled is null && table.Columns.All(c => c.Generator is not (ChildSumSpec or FunctionSpec));
}
