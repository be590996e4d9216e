using System.Text;

namespace RelSeed.Schema.Printing;

/// <summary>A schema as text for a person: a table a block, a line a column, then keys and constraints.</summary>
public static class SchemaText
{
    public static string Write(DatabaseSchema schema)
    {
        var text = new StringBuilder();
        text.Append($"{schema.Provider} {schema.ServerVersion}, default schema {schema.DefaultSchema}: ");
        text.Append($"{schema.Tables.Count:N0} tables, {schema.Tables.Sum(t => t.Columns.Count):N0} columns, ");
        text.Append($"{schema.Tables.Sum(t => t.ForeignKeys.Count):N0} foreign keys, {schema.Tables.Sum(t => t.Checks.Count):N0} checks\n");
        foreach (var table in schema.Tables) WriteTable(text, table);
        return text.ToString();
    }

    static void WriteTable(StringBuilder text, Table table)
    {
        text.Append($"\n{table.Name}{string.Concat(Traits(table).Select(t => " · " + t))}\n");
        var columns = new TextColumns("  ");
        foreach (var column in table.Columns) columns.Add(column.Name, column.Type.Name, string.Join(", ", Traits(column)));
        columns.WriteTo(text);
        foreach (var line in Constraints(table)) text.Append($"    {line}\n");
    }

    static IEnumerable<string> Traits(Table table)
    {
        if (table.EstimatedRows > 0) yield return $"about {table.EstimatedRows:N0} rows";
        if (table.Partitioning is { } partitioning) yield return $"partitioned by {partitioning.Definition} into {partitioning.Partitions.Count}";
        if (table.PartitionOf is { } parent) yield return $"partition of {parent} {table.PartitionBound}";
        if (!table.Inherits.IsEmpty) yield return $"inherits {string.Join(", ", table.Inherits)}";
        if (table.Persistence != TablePersistence.Permanent) yield return table.Persistence.ToString().ToLowerInvariant();
        if (table.IsStrict) yield return "strict";
        if (table.IsWithoutRowId) yield return "without rowid";
        if (table.RowSecurity) yield return "row security";
        if (!table.Rights.HasFlag(TableRights.Insert)) yield return "no right to insert";
        else if (!table.Rights.HasFlag(TableRights.Alter)) yield return "no right to alter";
        if (table.Comment is { } comment) yield return comment;
    }

    internal static IEnumerable<string> Traits(Column column)
    {
        if (!column.IsNullable) yield return "not null";
        if (column.Identity == IdentityKind.Always) yield return "identity always";
        if (column.Identity == IdentityKind.ByDefault) yield return "identity by default";
        if (column.IsComputed) yield return $"generated as {column.GeneratedExpression}";
        if (column.Default is { } expression) yield return $"default {expression}";
        foreach (var domain in column.Type.Domains) yield return $"domain {domain.Name}{string.Concat(domain.Checks.Select(c => $" check {c.Expression}"))}";
        if (!column.Type.Labels.IsEmpty) yield return $"one of {string.Join(", ", column.Type.Labels)}";
        if (column.Collation is { } collation) yield return $"collation {collation}";
        if (column.Comment is { } comment) yield return $"\"{comment}\"";
    }

    static IEnumerable<string> Constraints(Table table)
    {
        foreach (var key in table.AllKeys) yield return Describe(key);
        foreach (var key in table.ForeignKeys) yield return Describe(key);
        foreach (var check in table.Checks) yield return $"check {check.Name}: {check.Expression}{(check.IsValidated ? "" : " (not validated)")}";
        foreach (var exclusion in table.Exclusions) yield return $"exclusion {exclusion.Name}: {exclusion.Definition}";
        foreach (var trigger in table.Triggers)
            yield return $"trigger {trigger.Name}: {trigger.Timing.ToString().ToLowerInvariant()} {trigger.Events.ToString().ToLowerInvariant()}{(trigger.Enabled ? "" : " (disabled)")}";
        foreach (var rule in table.Rules) yield return $"rule {rule.Name}: on {rule.Event}{(rule.IsInstead ? " instead" : "")}";
    }

    internal static string Describe(UniqueKey key)
    {
        var kind = key.IsPrimary ? "primary key" : key.IsConstraint ? "unique" : "unique index";
        var parts = string.Join(", ", key.Parts.Select(p => p.Column ?? $"({p.Expression})"));
        var predicate = key.Predicate is null ? "" : $" where {key.Predicate}";
        return $"{kind} {key.Name} ({parts}){(key.NullsNotDistinct ? " nulls not distinct" : "")}{predicate}";
    }

    internal static string Describe(ForeignKey key)
    {
        var timing = key.IsInitiallyDeferred ? " initially deferred" : key.IsDeferrable ? " deferrable" : "";
        return $"foreign key {key.Name} {key}{(key.IsMatchFull ? " match full" : "")}{timing}{(key.IsValidated ? "" : " (not validated)")}";
    }
}
