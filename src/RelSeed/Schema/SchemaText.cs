using System.Text;
using static RelSeed.Schema.PrintedText;

namespace RelSeed.Schema;

/// <summary>A schema for reading: a table a block, a line a column, constraints below, the types it uses at the end.</summary>
/// <remarks>For people, not for parsing: <see cref="SchemaJson"/> is for programs. A name that is more than one word stands in double
/// quotes.</remarks>
public static class SchemaText
{
    const int WidestColumn = 64;

    public static string Write(DatabaseSchema schema)
    {
        var text = new StringBuilder();
        text.Append($"{schema.Provider} {schema.ServerVersion}".TrimEnd());
        text.Append($", default schema {Name(schema.DefaultSchema)}, {Count(schema.Tables.Count, "table")}").Append('\n');
        foreach (var table in schema.Tables) AppendTable(text.Append('\n'), table);
        AppendTypes(text, schema);
        return text.ToString();
    }

    static void AppendTable(StringBuilder text, Table table)
    {
        text.Append($"table {Name(table.Name)}{Remark(table.Comment)}\n");
        foreach (var fact in TableFacts(table)) AppendLine(text, fact);
        var names = table.Columns.Select(c => Name(c.Name)).ToList();
        var types = table.Columns.Select(c => OneLine(c.Type.Name)).ToList();
        var (nameWidth, typeWidth) = (Width(names), Width(types));
        for (var i = 0; i < names.Count; i++)
            AppendLine(text, $"{names[i].PadRight(nameWidth)}  {types[i].PadRight(typeWidth)}  {ColumnFacts(table, table.Columns[i])}");
        foreach (var constraint in ConstraintText.Of(table)) AppendLine(text, constraint);
    }

    static IEnumerable<string> TableFacts(Table table)
    {
        if (table.EstimatedRows >= 0) yield return $"about {Count(table.EstimatedRows, "row")}";
        if (table.Persistence != TablePersistence.Permanent) yield return table.Persistence.ToString().ToLowerInvariant();
        if (table.IsStrict) yield return "strict";
        if (table.IsWithoutRowId) yield return "without rowid";
        if (table.RowSecurity) yield return "row security binds this user";
        if (table.Rights != TableRights.All) yield return $"this user may: {table.Rights.ToString().ToLowerInvariant()}";
        if (table.Partitioning is { } by) yield return $"partitioned by {by.Definition} into {Count(by.Partitions.Count, "partition")}";
        if (table.PartitionOf is { } root) yield return $"partition of {Name(root)} {table.PartitionBound}";
        if (!table.Inherits.IsEmpty) yield return $"inherits {string.Join(", ", table.Inherits.Select(Name))}";
    }

    internal static string ColumnFacts(Table table, Column column)
    {
        var facts = new List<string> { column.IsNullable ? "null    " : "not null" };
        if (table.PrimaryKey?.ColumnNames.Contains(column.Name) == true) facts.Add("PK");
        if (table.UniqueKeys.Any(k => k is { IsPlain: true, Parts.Count: 1 } && k.Parts[0].Column == column.Name)) facts.Add("UK");
        if (table.ForeignKeys.Any(k => k.Columns.Contains(column.Name))) facts.Add("FK");
        if (column.Identity != IdentityKind.None) facts.Add(column.Identity == IdentityKind.Always ? "identity always" : "identity by default");
        if (column.Default is { } expression) facts.Add($"default {expression}");
        if (column.GeneratedExpression is { } generated) facts.Add($"generated {column.Generated.ToString().ToLowerInvariant()} as ({generated})");
        if (column.Sequence is { } sequence) facts.Add($"sequence {Name(sequence.Name)} from {sequence.Start} by {sequence.Increment}");
        if (column.Collation is { } collation) facts.Add($"collate {OneLine(collation)}");
        if (column.IsCaseInsensitive) facts.Add("case-insensitive");
        return string.Join("  ", facts) + Remark(column.Comment);
    }

    static void AppendTypes(StringBuilder text, DatabaseSchema schema)
    {
        var types = TypeText.Of(schema).ToList();
        if (types.Count == 0) return;
        text.Append("\ntypes\n");
        foreach (var type in types) AppendLine(text, type);
    }

    static void AppendLine(StringBuilder text, string line) => text.Append("  ").Append(OneLine(line).TrimEnd()).Append('\n');

    static int Width(IEnumerable<string> cells) => Math.Min(WidestColumn, cells.Select(c => c.Length).DefaultIfEmpty().Max());

    static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";

    static string Remark(string? comment) => string.IsNullOrWhiteSpace(comment) ? "" : $"  -- {OneLine(comment)}";
}
