using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Finds values that a parent must have since a check of its children leaves them no other: where the parent takes them from a short
/// list of another table, it must take each; where any text would do, it takes theirs.</summary>
static class NeededValues
{
    /// <summary>By table: its foreign keys of whose parents each must have a row.</summary>
    public static ILookup<TableName, string> Of(TableGraph graph, IReadOnlyDictionary<TableName, TableFacts> facts) => (
        from child in graph.Ordered
        from key in child.ForeignKeys
        where key.Principal != child.Name && graph.Contains(key.Principal)
        from i in Enumerable.Range(0, key.Columns.Count)
        where IsListed(facts[child.Name], key.Columns[i])
        let parent = graph.Find(key.Principal)
        from up in parent.ForeignKeys
        where up.Columns.Count == 1 && up.Columns[0] == key.PrincipalColumns[i] && up.Principal != parent.Name && graph.Contains(up.Principal)
            && TableGraph.IsRequired(parent, up) && IsListed(facts[up.Principal], up.PrincipalColumns[0])
        select (parent.Name, Key: up.Name)).Distinct().ToLookup(n => n.Name, n => n.Key);

    /// <summary>By table: its foreign keys of whose parents each should have a row, since a child takes one row for each of these parents at
    /// most.</summary>
    public static ILookup<TableName, string> Spread(TableGraph graph) => (
        from child in graph.Ordered
        from key in child.ForeignKeys
        where key.Columns.Count > 1 && key.Principal != child.Name && graph.Contains(key.Principal) && TableGraph.IsRequired(child, key)
        let parent = graph.Find(key.Principal)
        from unique in child.AllKeys
        where unique.IsPlain && unique.Parts.Count < key.Columns.Count && unique.ColumnNames.All(key.Columns.Contains)
        let columns = unique.ColumnNames.Select(c => key.PrincipalColumns[key.Columns.ToList().IndexOf(c)]).ToList()
        from up in parent.ForeignKeys
        where up.Principal != parent.Name && graph.Contains(up.Principal) && TableGraph.IsRequired(parent, up)
            && up.Columns.Count == columns.Count && up.Columns.All(columns.Contains)
        select (parent.Name, Key: up.Name)).Distinct().ToLookup(n => n.Name, n => n.Key);

    /// <summary>Lists the values that children ask for in columns of their parents that could hold any text: the kind of a row, say.</summary>
    public static void List(TableGraph graph, IReadOnlyDictionary<TableName, TableFacts> facts)
    {
        // Children come first, so that what they ask for is asked of the parent's parent too.
        foreach (var parent in graph.Ordered.Reverse())
        {
            var asked =
                from reference in graph.Referring(parent.Name)
                let child = reference.Child
                let key = reference.Key
                where child.Name != parent.Name && key.Columns.Count > 1
                from pair in key.Columns.Zip(key.PrincipalColumns)
                where IsListed(facts[child.Name], pair.First) && IsOpen(facts[parent.Name], pair.Second)
                group facts[child.Name].Constraints.Domains[child.IndexOf(pair.First)].Allowed by parent.IndexOf(pair.Second);
            foreach (var column in asked.ToList())
                facts[parent.Name].Constraints.Domains[column.Key] =
                    facts[parent.Name].Constraints.Domains[column.Key] with { Allowed = [.. column.SelectMany(v => v).Distinct()] };
        }
    }

    /// <summary>Puts the values that a check of its children leaves a foreign key among those of the parent's key: a table of codes has the
    /// codes that are asked for.</summary>
    /// <param name="stands">Tables that hold rows already.</param>
    /// <param name="isMade">Tables whose rows are made by triggers of others, which ask for nothing.</param>
    public static void Include(
        TableGraph graph, IReadOnlyDictionary<TableName, TableFacts> facts, Func<TableName, bool> stands, Func<TableName, bool> isMade)
    {
        foreach (var parent in graph.Ordered.Where(t => !stands(t.Name)))
        {
            var asked =
                from reference in graph.Referring(parent.Name)
                let child = reference.Child
                let key = reference.Key
                where !isMade(child.Name) && child.Name != parent.Name && key.Columns.Count == 1
                    && IsListed(facts[child.Name], key.Columns[0]) && IsOpenKey(facts[parent.Name], key.PrincipalColumns[0])
                group facts[child.Name].Constraints.Domains[child.IndexOf(key.Columns[0])].Allowed by parent.IndexOf(key.PrincipalColumns[0]);
            foreach (var column in asked.ToList())
            {
                ref var domain = ref facts[parent.Name].Constraints.Domains[column.Key];
                var fitting = column.SelectMany(v => v).Where(v => !(v.Length > parent.Columns[column.Key].Type.Length));
                domain = domain with { Included = [.. domain.Included.Concat(fitting).Distinct()] };
            }
        }
    }

    public static bool IsOpenKey(TableFacts facts, string name) =>
        facts.Table[name] is { IsComputed: false } column && column.Type.Kind.IsText() && !facts.Table.ForeignKeys.Any(k => k.Columns.Contains(name))
        && facts.Constraints.Domains[facts.Table.IndexOf(name)]
            is { Allowed.IsEmpty: true, Excluded.IsEmpty: true, Pattern: null, OtherPatterns.IsEmpty: true };

    static bool IsOpen(TableFacts facts, string name)
    {
        var (column, table) = (facts.Table[name], facts.Table);
        return column.Type.Kind.IsText() && !column.IsComputed
            && facts.Constraints.Domains[table.IndexOf(name)] is { Allowed.IsEmpty: true, Excluded.IsEmpty: true, Pattern: null }
            && !table.ForeignKeys.Any(k => k.Columns.Contains(name)) && !table.AllKeys.Any(k => k.ColumnNames.Contains(name) && k.Parts.Count == 1);
    }

    static bool IsListed(TableFacts facts, string column) => !facts.Constraints.Domains[facts.Table.IndexOf(column)].Allowed.IsEmpty;
}
