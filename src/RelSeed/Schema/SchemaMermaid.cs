using System.Text;

namespace RelSeed.Schema;

/// <summary>A schema as a Mermaid entity relationship diagram.</summary>
/// <remarks>Names that Mermaid's grammar cannot hold are simplified; a column then carries its own name as its comment.</remarks>
public static class SchemaMermaid
{
    public static string Write(DatabaseSchema schema)
    {
        var entities = new EntityNames();
        var text = new StringBuilder("erDiagram\n");
        foreach (var table in schema.Tables) AppendEntity(text, table, entities.Of(table.Name));
        foreach (var table in schema.Tables)
            foreach (var key in table.ForeignKeys)
                text.Append(
                    $"    {entities.Of(key.Principal)} {PrincipalEnd(table, key)}--{DependentEnd(table, key)} {entities.Of(table.Name)} : {Quoted(string.Join(", ", key.Columns))}\n");
        return text.ToString();
    }

    static void AppendEntity(StringBuilder text, Table table, string name)
    {
        text.Append($"    {name} {{\n");
        foreach (var column in table.Columns)
        {
            var word = Word(column.Name);
            var remark = word == column.Name ? "" : $" {Quoted(column.Name)}";
            text.Append($"        {Word(column.Type.Name)} {word}{Marks(table, column.Name)}{remark}\n");
        }
        text.Append("    }\n");
    }

    static string Marks(Table table, string column)
    {
        var marks = new List<string>();
        if (table.PrimaryKey?.ColumnNames.Contains(column) == true) marks.Add("PK");
        if (table.ForeignKeys.Any(k => k.Columns.Contains(column))) marks.Add("FK");
        if (table.UniqueKeys.Any(k => k is { IsPlain: true, Parts.Count: 1 } && k.Parts[0].Column == column)) marks.Add("UK");
        return marks.Count == 0 ? "" : $" {string.Join(", ", marks)}";
    }

    static string PrincipalEnd(Table table, ForeignKey key) =>
        key.Columns.Any(c => table.IndexOf(c) >= 0 && table[c].IsNullable) ? "|o" : "||";

    static string DependentEnd(Table table, ForeignKey key) =>
        table.AllKeys.Any(k => k.IsPlain && k.ColumnNames.All(key.Columns.Contains)) ? "o|" : "o{";

    /// <summary>What the grammar takes for a type or an attribute: a letter or underscore, then letters, digits and <c>_-[]()</c>.</summary>
    static string Word(string name)
    {
        var word = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '[' or ']' or '(' or ')' ? c : '_'));
        return word.Length == 0 || !(char.IsAsciiLetter(word[0]) || word[0] == '_') || StartsWithMark(word) ? $"_{word}" : word;
    }

    // The lexer takes PK, FK and UK at the start of a word for a key mark, in any case.
    static bool StartsWithMark(string word) =>
        word.Length >= 2 && word[..2].ToUpperInvariant() is "PK" or "FK" or "UK"
            && (word.Length == 2 || !(char.IsAsciiLetterOrDigit(word[2]) || word[2] == '_'));

    static string Quoted(string text) => $"\"{Safe(text)}\"";

    static string Safe(string text) => string.Concat(PrintedText.OneLine(text).Select(c => c is '"' or '%' or '\\' ? '_' : c));

    /// <summary>A quoted entity name for each table, different for different tables.</summary>
    sealed class EntityNames
    {
        readonly Dictionary<TableName, string> _names = [];
        readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

        public string Of(TableName table) => _names.TryGetValue(table, out var name) ? name : _names[table] = Quoted(Free(Safe(table.ToString())));

        string Free(string wanted)
        {
            var name = wanted;
            for (var number = 2; !_taken.Add(name); number++) name = $"{wanted} ({number})";
            return name;
        }
    }
}
