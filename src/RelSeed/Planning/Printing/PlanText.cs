using System.Text;
using RelSeed.Schema;

namespace RelSeed.Planning.Printing;

/// <summary>A plan as text for a person: a table a block in load order, a line a column with its generator and reason.</summary>
public static class PlanText
{
    public static string Write(SeedPlan plan)
    {
        var text = new StringBuilder();
        text.Append($"Plan: {plan.Tables.Sum(t => t.Rows):N0} rows in {plan.Tables.Count:N0} tables ");
        text.Append(
            $"(seed {plan.Seed}, as of {plan.AsOf.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}, locale {plan.Locale}, generator version {plan.GeneratorVersion})\n");
        for (var t = 0; t < plan.Tables.Count; t++) WriteTable(text, plan, t);
        text.Append($"\nLoad order: {string.Join(", ", plan.Tables.Select(t => plan.Schema.ShortName(t.Table.Name)))}\n");
        if (plan.Warnings.IsEmpty) return text.ToString();
        text.Append("\nWarnings\n");
        foreach (var warning in plan.Warnings) text.Append($"  {warning}\n");
        return text.ToString();
    }

    static void WriteTable(StringBuilder text, SeedPlan plan, int number)
    {
        var table = plan.Tables[number];
        var asked = table.Rows < table.RequestedRows ? $" of {table.RequestedRows:N0} asked" : "";
        text.Append($"\n{number + 1}. {plan.Schema.ShortName(table.Table.Name)}: {table.Rows:N0} rows{asked} ({table.RowsReason})\n");
        var columns = new TextColumns("     ");
        foreach (var column in table.Columns)
            columns.Add(column.Column.Name, column.Column.Type.Name, Describe(column), column.Reason);
        columns.WriteTo(text);
        foreach (var reference in table.References) text.Append($"     {Describe(plan.Schema, reference)}: {reference.Reason}\n");
        foreach (var key in table.BackwardKeys) text.Append($"     key {key} leads to rows that are written later\n");
    }

    internal static string Describe(ColumnPlan column) =>
        column.Nulls is NeverNull ? column.Generator.Describe() : $"{column.Generator.Describe()}, {column.Nulls.Describe()}";

    internal static string Describe(DatabaseSchema schema, ReferencePlan reference)
    {
        var key = reference.Key;
        var nulls = reference.Mechanism.NullShare > 0 ? $", {reference.Mechanism.NullShare:P0} without parent" : "";
        return $"({string.Join(", ", key.Columns)}) -> {schema.ShortName(key.Principal)} ({string.Join(", ", key.PrincipalColumns)}): {reference.Mechanism.Describe()}{nulls}";
    }
}
