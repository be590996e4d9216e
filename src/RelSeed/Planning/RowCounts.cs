using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>How many rows each table should get, before any key's capacity: what the user said, or sizes from the graph.</summary>
static class RowCounts
{
    public const string AskedForTable = "asked for this table";

    const long LookupRows = 20;
    const long EntityRows = 200;
    const long DetailFactor = 4;
    const int DeepestLevel = 2;
    const int LookupColumns = 4;

    public static Dictionary<TableName, (long Rows, string Reason)> For(DatabaseSchema schema, TableGraph graph, PlanOptions options, RuleBook rules)
    {
        var counts = new Dictionary<TableName, (long, string)>();
        var levels = new Dictionary<TableName, int>();
        var referred = graph.Ordered.SelectMany(t => t.ForeignKeys.Where(k => k.Principal != t.Name)).Select(k => k.Principal).ToHashSet();
        foreach (var table in graph.Ordered)
        {
            levels[table.Name] = Level(table, levels);
            counts[table.Name] = options.RowsPerTable is { } rows
                ? (Scaled(rows, options.Scale), "asked for every table")
                : Default(table, levels[table.Name], referred.Contains(table.Name), options.Scale);
        }
        RuledRows.Apply(graph, rules, counts);
        foreach (var (name, rows) in options.RowsByTable)
            counts[TableSelection.Find(schema, graph.Ordered, name, "--rows").Name] = (rows, AskedForTable);
        if (options is { Profile: { } profile, RowsPerTable: null })
            ProfilePlanner.Count(profile, graph, options, counts,
                t => counts[t].Item2 == AskedForTable || rules[t] is { Rows: not null } or { PerParent.Count: > 0 });
        foreach (var (name, raised) in options.Raised)
            if (counts.TryGetValue(name, out var count) && count.Item1 < raised.Rows && count.Item2 != AskedForTable) counts[name] = raised;
        if (options.MostRows is { } most)
            foreach (var table in graph.Ordered) counts[table.Name] = (Math.Min(most, counts[table.Name].Item1), counts[table.Name].Item2);
        return counts;
    }

    static (long, string) Default(Table table, int level, bool isReferred, double scale)
    {
        if (IsLookup(table, isReferred)) return (Scaled(LookupRows, scale), "a small lookup table");
        var rows = EntityRows;
        for (var l = 0; l < level; l++) rows *= DetailFactor;
        return (Scaled(rows, scale), level == 0 ? "an entity" : level == 1 ? "details of an entity" : "details of details");
    }

    /// <summary>A few columns, no parents, and others that refer to it.</summary>
    public static bool IsLookup(Table table, bool isReferred) =>
        isReferred && table.ForeignKeys.All(k => k.Principal == table.Name) && table.Columns.Count <= LookupColumns;

    // Keys that lead into the same cycle have no level yet and count as none.
    static int Level(Table table, Dictionary<TableName, int> levels) => Math.Min(DeepestLevel, table.ForeignKeys
        .Where(k => k.Principal != table.Name && TableGraph.IsRequired(table, k) && levels.ContainsKey(k.Principal))
        .Select(k => levels[k.Principal] + (IsOneToOne(table, k) ? 0 : 1)).DefaultIfEmpty(0).Max());

    static bool IsOneToOne(Table table, ForeignKey key) =>
        table.AllKeys.Any(u => u.IsPlain && u.Parts.Count == key.Columns.Count && key.Columns.All(c => u.ColumnNames.Contains(c)));

    static long Scaled(long rows, double scale) => rows == 0 ? 0 : Math.Max(1, (long)Math.Round(Math.Min(rows * scale, 1e15)));
}
