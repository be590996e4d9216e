using System.Text;
using RelSeed.Schema;

namespace RelSeed.Planning.Printing;

/// <summary>Everything known of one column: what the catalog tells, which constraints bind it, how it is made and why.</summary>
public static class ColumnExplanation
{
    // A text of many forms would fill the screen.
    const int MostDetails = 600;

    /// <param name="column">0-based position in the table.</param>
    public static string Write(SeedPlan plan, TablePlan table, int column)
    {
        var (schema, planned) = (table.Table, table.Columns[column]);
        var text = new StringBuilder($"{schema.Name}.{planned.Column.Name}\n");
        var lines = new TextColumns("  ");
        lines.Add("type", TypeOf(planned.Column.Type));
        lines.Add("catalog", SchemaText.ColumnFacts(schema, planned.Column));
        foreach (var constraint in ConstraintsOn(schema, planned.Column.Name)) lines.Add("constraint", constraint);
        foreach (var (child, key) in Dependents(plan.Schema, schema, planned.Column.Name))
            lines.Add("referred to", $"{child.Name}: {ConstraintText.Of(key)}");
        lines.Add("generator", planned.Generator.Describe());
        lines.Add("details", Shortened(planned.Generator.ToString()));
        lines.Add("nulls", planned.Nulls.Describe());
        foreach (var reference in table.References.Where(r => r.Key.Columns.Contains(planned.Column.Name)))
            lines.Add("reference", $"{PlanText.Describe(plan.Schema, reference)}: {reference.Reason}");
        lines.Add("reason", planned.Reason);
        lines.Add("rows", $"{table.Rows:N0} ({table.RowsReason})");
        foreach (var warning in plan.Warnings.Where(w => w.Contains($"{schema.Name}.{planned.Column.Name}", StringComparison.Ordinal)))
            lines.Add("warning", warning);
        lines.WriteTo(text);
        return text.ToString();
    }

    static string Shortened(string details) => details.Length <= MostDetails ? details : $"{details[..MostDetails]} …";

    static string TypeOf(ColumnType type) =>
        type.Domains.IsEmpty ? $"{type.Name} ({type.Kind})" : $"{type.Name}, a domain over {type.BaseName} ({type.Kind})";

    static IEnumerable<string> ConstraintsOn(Table table, string column)
    {
        foreach (var key in table.AllKeys.Where(k => k.ColumnNames.Contains(column) || k.Parts.Any(p => Mentions(p.Expression, column))))
            yield return ConstraintText.Of(key);
        foreach (var key in table.ForeignKeys.Where(k => k.Columns.Contains(column))) yield return ConstraintText.Of(key);
        foreach (var check in table.Checks.Where(c => Mentions(c.Expression, column))) yield return $"check {check.Name}: {check.Expression}";
        foreach (var exclusion in table.Exclusions.Where(e => e.Elements.Any(p => p.Column == column || Mentions(p.Expression, column))))
            yield return ConstraintText.Of(exclusion);
    }

    static IEnumerable<(Table Child, ForeignKey Key)> Dependents(DatabaseSchema schema, Table table, string column) =>
        from child in schema.Tables
        from key in child.ForeignKeys
        where key.Principal == table.Name && key.PrincipalColumns.Contains(column)
        select (child, key);

    /// <summary>The column's name stands in the expression as a whole word.</summary>
    static bool Mentions(string? expression, string column)
    {
        if (expression is null) return false;
        for (var at = expression.IndexOf(column, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = expression.IndexOf(column, at + 1, StringComparison.OrdinalIgnoreCase))
            if (!IsWordAt(expression, at - 1) && !IsWordAt(expression, at + column.Length)) return true;
        return false;
    }

    static bool IsWordAt(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
}
