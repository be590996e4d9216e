using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Finds values that a parent must have since a check of its children leaves them no other: where the parent takes them from a short
/// list of another table, it must take each.</summary>
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

    static bool IsListed(TableFacts facts, string column) => !facts.Constraints.Domains[facts.Table.IndexOf(column)].Allowed.IsEmpty;
}
