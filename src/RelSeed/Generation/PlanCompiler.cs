using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Makes the generators of every table of a plan and ties their references together.</summary>
static class PlanCompiler
{
    public static Dictionary<TableName, TableGenerator> Compile(SeedPlan plan)
    {
        var tables = plan.Tables.ToDictionary(t => t.Table.Name, Shell);
        return tables;
    }

    static TableGenerator Shell(TablePlan plan) => new()
    {
        Name = plan.Table.Name,
        RowCount = plan.Rows,
        Columns = [.. plan.Columns.Select(c => new GeneratedColumn(c.Column.Name, c.Column.Type))],
        Written = [.. Enumerable.Range(0, plan.Columns.Count).Where(c => !plan.Columns[c].IsOmitted)],
    };
}
