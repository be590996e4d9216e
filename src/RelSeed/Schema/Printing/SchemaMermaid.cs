using System.Text;

namespace RelSeed.Schema.Printing;

/// <summary>A schema as a Mermaid entity-relationship diagram.</summary>
public static class SchemaMermaid
{
    public static string Write(DatabaseSchema schema)
    {
        var text = new StringBuilder("erDiagram\n");
        var ids = schema.Tables.Select((t, i) => (t.Name, Id: $"t{i}")).ToDictionary(p => p.Name, p => p.Id);
        foreach (var table in schema.Tables)
        {
            text.Append($"  {ids[table.Name]}[\"{MermaidText.Escape(TableLookup.Short(schema, table.Name))}\"] {{\n");
            foreach (var column in table.Columns)
                text.Append($"    {MermaidText.Word(column.Type.Name)} {MermaidText.Word(column.Name)}{Marks(table, column)}\n");
            text.Append("  }\n");
        }
        foreach (var table in schema.Tables)
            foreach (var key in table.ForeignKeys.Where(k => ids.ContainsKey(k.Principal)))
                text.Append($"  {ids[key.Principal]} {Cardinality(table, key)} {ids[table.Name]} : \"{MermaidText.Escape(string.Join(", ", key.Columns))}\"\n");
        return text.ToString();
    }

    static string Marks(Table table, Column column)
    {
        var marks = new List<string>();
        if (table.PrimaryKey?.ColumnNames.Contains(column.Name) == true) marks.Add("PK");
        if (table.ForeignKeys.Any(k => k.Columns.Contains(column.Name))) marks.Add("FK");
        if (table.UniqueKeys.Any(k => k.IsPlain && k.ColumnNames.Contains(column.Name))) marks.Add("UK");
        return marks.Count == 0 ? "" : " " + string.Join(", ", marks);
    }

    // One parent or none, then one child or many: a key that covers the foreign key's columns allows one.
    static string Cardinality(Table table, ForeignKey key)
    {
        var parent = key.Columns.Any(c => table[c].IsNullable) ? "|o" : "||";
        var single = table.AllKeys.Any(k => k.IsPlain && k.ColumnNames.All(key.Columns.Contains));
        return $"{parent}--{(single ? "o|" : "o{")}";
    }
}

/// <summary>Names within Mermaid's grammar.</summary>
static class MermaidText
{
    /// <summary>Inside double quotes.</summary>
    public static string Escape(string text) => text.Replace("\"", "#quot;").Replace('\n', ' ');

    /// <summary>As a bare word: letters, digits, underscores.</summary>
    public static string Word(string text)
    {
        var word = string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : '_')).Trim('_');
        return word.Length == 0 ? "_" : char.IsDigit(word[0]) ? "_" + word : word;
    }
}
