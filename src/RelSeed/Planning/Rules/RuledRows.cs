using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Rows that rules ask for, before any key's capacity.</summary>
static class RuledRows
{
    /// <summary>Tables in an order with parents first.</summary>
    public static void Apply(TableGraph graph, RuleBook rules, Dictionary<TableName, (long Rows, string Reason)> counts)
    {
        foreach (var table in graph.Ordered)
        {
            var ruled = rules[table.Name];
            if (ruled.Rows is { } rows) counts[table.Name] = (rows, "rule: asked for this table");
            else if (ruled.PerParent.Count > 0 && table.ForeignKeys.FirstOrDefault(k => ruled.PerParent.ContainsKey(k.Name)) is { } key
                && counts.TryGetValue(key.Principal, out var parents))
                counts[table.Name] = ((long)Math.Round(Math.Min(1e15, parents.Rows * ruled.PerParent[key.Name].Mean)),
                    $"rule: {ruled.PerParent[key.Name]} of {key.Principal}");
        }
    }
}
