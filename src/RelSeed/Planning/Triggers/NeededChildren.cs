using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Finds parents that need a child at the commit: a trigger that waits until then looks into a table that refers to them.</summary>
static class NeededChildren
{
    /// <summary>By table: the names of its foreign keys of whose parents each must have a row.</summary>
    public static Dictionary<TableName, HashSet<string>> Of(IReadOnlyDictionary<TableName, Table> tables, HashSet<TableName> covered, Dialect dialect)
    {
        var needed = new Dictionary<TableName, HashSet<string>>();
        foreach (var parent in covered.Order().Select(n => tables[n]))
        {
            var asked = parent.Triggers.Where(t => t is { Enabled: true, IsDeferrable: true })
                .SelectMany(t => TriggerReader.Read(t, dialect).Mentions).ToHashSet(StringComparer.Ordinal);
            if (asked.Count == 0) continue;
            foreach (var child in covered.Where(n => n != parent.Name && asked.Contains(n.Name)).Select(n => tables[n]))
                foreach (var key in child.ForeignKeys.Where(k => k.Principal == parent.Name && TableGraph.IsRequired(child, k)))
                {
                    if (!needed.TryGetValue(child.Name, out var keys)) needed[child.Name] = keys = new(StringComparer.Ordinal);
                    keys.Add(key.Name);
                }
        }
        return needed;
    }
}
