using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Tables in the order in which their rows become known: a plan's order is that of writing, in which keys of a cycle lead to rows that come
/// later.</summary>
static class ReadOrder
{
    /// <returns>All tables; those from which a table's keys come stand before it, unless theirs come from it too.</returns>
    public static IReadOnlyList<TablePlan> Of(SeedPlan plan)
    {
        var tables = plan.Tables.ToDictionary(t => t.Table.Name);
        var (ordered, seen) = (new List<TablePlan>(), new HashSet<TableName>());
        var open = new Stack<(TablePlan Table, bool IsReady)>(plan.Tables.Reverse().Select(t => (t, false)));
        while (open.TryPop(out var next))
        {
            if (next.IsReady) ordered.Add(next.Table);
            else if (seen.Add(next.Table.Table.Name))
            {
                open.Push((next.Table, true));
                foreach (var name in KeySources(next.Table))
                    if (tables.TryGetValue(name, out var read) && !seen.Contains(name)) open.Push((read, false));
            }
        }
        return ordered;
    }

    // Rows are compared by their keys; what else they read may come later.
    static IEnumerable<TableName> KeySources(TablePlan table)
    {
        var keyed = table.Table.AllKeys.SelectMany(k => k.ColumnNames).ToHashSet(StringComparer.Ordinal);
        return table.References.Where(r => r.Key.Columns.Any(keyed.Contains)).Select(r => r.Key.Principal)
            .Concat(table.Sources.Select(s => s.Table)).Reverse();
    }
}
