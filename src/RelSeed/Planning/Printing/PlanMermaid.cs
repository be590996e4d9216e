using System.Text;
using RelSeed.Schema;

namespace RelSeed.Planning.Printing;

/// <summary>The plan's graph as a Mermaid flowchart: tables with their rows, and an arrow from each child to its parent.</summary>
public static class PlanMermaid
{
    public static string Write(SeedPlan plan)
    {
        var text = new StringBuilder("flowchart LR\n");
        var ids = plan.Tables.Select((t, i) => (t.Table.Name, Id: $"t{i}")).ToDictionary(p => p.Name, p => p.Id);
        foreach (var table in plan.Tables)
            text.Append($"  {ids[table.Table.Name]}[\"{Safe(plan.Schema.ShortName(table.Table.Name))}<br/>{table.Rows:N0} rows\"]\n");
        foreach (var table in plan.Tables)
            foreach (var reference in table.References.Where(r => ids.ContainsKey(r.Key.Principal)))
                text.Append(
                    $"  {ids[table.Table.Name]} {Arrow(table, reference)}|\"{Safe(reference.Mechanism.Describe())}\"| {ids[reference.Key.Principal]}\n");
        return text.ToString();
    }

    // Dotted: the parent's rows are written later.
    static string Arrow(TablePlan table, ReferencePlan reference) => table.BackwardKeys.Contains(reference.Key.Name) ? "-.->" : "-->";

    static string Safe(string text) => text.ReplaceLineEndings(" ").Replace("\"", "#quot;");
}
