using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Compares two plans of one schema and seed.</summary>
static class PlanComparison
{
    /// <summary>Tables whose rows are the same in both plans: neither they have changed nor any table that they read.</summary>
    public static HashSet<TableName> Unchanged(SeedPlan before, SeedPlan after)
    {
        var old = before.Tables.ToDictionary(t => t.Table.Name);
        var dependents = after.Tables.SelectMany(t => ReadBy(t).Select(read => (Read: read, t.Table.Name))).ToLookup(k => k.Read, k => k.Name);
        var changed = new HashSet<TableName>();
        var waiting = new Stack<TableName>(after.Tables.Where(t => !IsApart(t) || old.GetValueOrDefault(t.Table.Name)?.Equals(t) != true)
            .Select(t => t.Table.Name));
        while (waiting.TryPop(out var table))
            if (changed.Add(table))
                foreach (var dependent in dependents[table]) waiting.Push(dependent);
        return [.. after.Tables.Select(t => t.Table.Name).Where(t => !changed.Contains(t))];
    }

    /// <summary>Tables of whose rows a table's rows are made.</summary>
    public static IEnumerable<TableName> ReadBy(TablePlan table) =>
        table.References.Select(r => r.Key.Principal).Concat(table.Table.ForeignKeys.Select(k => k.Principal))
            .Concat(table.Sources.Select(s => s.Table));

    // It reads no other table but those that its references lead to, or whose triggers make its rows.
    static bool IsApart(TablePlan table) => table.Profiled is null && table.Columns.All(c => c.Generator is not (ChildSumSpec or FunctionSpec));
}
