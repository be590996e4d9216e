using System.Text;

namespace RelSeed.Sqlite.Schema.CreateText;

/// <summary>Prints an expression out of CREATE text in one spelling: no comments, single blanks, names in double quotes,
/// texts in single quotes.</summary>
/// <param name="columns">Names of the table's columns: SQLite reads double quotes around anything else as a text.</param>
sealed class ExpressionText(IEnumerable<string> columns)
{
    readonly HashSet<string> _names = new(columns.Concat(["rowid", "oid", "_rowid_"]), SqlName.Comparer);

    public string Print(SqlTokens tokens)
    {
        var text = new StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            // Two quoted tokens side by side would become one when their quotes become alike.
            if (tokens.HasGapBefore(i) || (IsQuoted(tokens, i - 1) && IsQuoted(tokens, i))) text.Append(' ');
            text.Append(PrintToken(tokens, i));
        }
        return text.ToString();
    }

    static bool IsQuoted(SqlTokens tokens, int index) => tokens.KindOf(index) is SqlTokenKind.QuotedName or SqlTokenKind.String;

    string PrintToken(SqlTokens tokens, int index)
    {
        if (tokens.KindOf(index) != SqlTokenKind.QuotedName) return tokens[index].ToString();
        var name = SqlName.Unquote(tokens[index]);
        return tokens[index][0] == '"' && IsText(tokens, index, name) ? $"'{name.Replace("'", "''")}'" : SqlName.Quote(name);
    }

    bool IsText(SqlTokens tokens, int index, string name) =>
        !_names.Contains(name)
        && !tokens.IsSymbol(index - 1, ".") && !tokens.IsSymbol(index + 1, ".") && !tokens.IsSymbol(index + 1, "(")
        && !tokens.IsWord(index - 1, "COLLATE") && !tokens.IsWord(index - 1, "AS");
}
