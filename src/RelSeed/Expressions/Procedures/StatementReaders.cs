using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Reads INSERT statements: one row of values each, where they can be told.</summary>
static class InsertReader
{
    public static IEnumerable<TriggerInsert> Read(List<Token> statement, Dialect dialect)
    {
        var insert = statement.FindIndex(t => t.IsWord("INSERT"));
        var into = statement.FindIndex(insert, t => t.IsWord("INTO"));
        if (into < 0 || into + 1 >= statement.Count) yield break;
        var at = into + 1;
        string? schema = null;
        if (at + 2 < statement.Count && statement[at + 1].Is(".")) (schema, at) = (OperandReader.NameOf(statement[at], dialect), at + 2);
        if (OperandReader.NameOf(statement[at++], dialect) is not { } table) yield break;
        if (at + 1 < statement.Count && statement[at].IsWord("AS")) at += 2;
        var columns = List(statement, ref at).Select(c => c is [var name] ? OperandReader.NameOf(name, dialect) : null).ToList();
        var isHarmless = statement.FindIndex(insert, t => t.IsWord("CONFLICT") || t.IsWord("IGNORE") || t.IsWord("REPLACE")) >= 0;
        // WITH … INSERT takes its rows from elsewhere.
        var isCertain = insert == 0 && columns.TrueForAll(c => c is not null);
        foreach (var (values, isRow) in Rows(statement, at, dialect))
            yield return new(schema, table, columns.OfType<string>().ToEquatableArray(), values, null, isCertain && isRow, isHarmless);
    }

    static IEnumerable<(EquatableArray<TriggerValue> Values, bool IsRow)> Rows(List<Token> statement, int at, Dialect dialect)
    {
        if (at < statement.Count && statement[at].IsWord("VALUES"))
        {
            for (at++; at < statement.Count && statement[at].Is("(");)
            {
                yield return (Values(List(statement, ref at), dialect), true);
                if (at < statement.Count && statement[at].Is(",")) at++;
            }
        }
        else if (at < statement.Count && statement[at].IsWord("SELECT"))
        {
            var end = statement.FindIndex(at, t => t.IsWord("FROM") || t.IsWord("WHERE") || t.IsWord("UNION") || t.IsWord("LIMIT"));
            var isRow = end < 0;
            if (end < 0) end = statement.FindIndex(at, t => t.IsWord("ON") || t.IsWord("RETURNING"));
            yield return (Values(Items(statement[(at + 1)..(end < 0 ? statement.Count : end)]), dialect), isRow);
        }
        else yield return ([], at + 1 < statement.Count && statement[at].IsWord("DEFAULT") && statement[at + 1].IsWord("VALUES"));
    }

    static EquatableArray<TriggerValue> Values(IEnumerable<List<Token>> items, Dialect dialect) =>
        items.Select(i => OperandReader.Read(i, dialect)).ToEquatableArray();

    /// <summary>The items of a list in parentheses; none when there is no list. Goes behind it.</summary>
    static List<List<Token>> List(List<Token> statement, ref int at)
    {
        if (at >= statement.Count || !statement[at].Is("(")) return [];
        var (start, depth) = (at + 1, 0);
        for (; at < statement.Count; at++)
        {
            depth += statement[at].Is("(") ? 1 : statement[at].Is(")") ? -1 : 0;
            if (depth == 0) break;
        }
        var end = Math.Min(at, statement.Count);
        at = Math.Min(at + 1, statement.Count);
        return Items(statement[Math.Min(start, end)..end]);
    }

    static List<List<Token>> Items(List<Token> tokens)
    {
        var items = new List<List<Token>>();
        var (depth, start) = (0, 0);
        for (var i = 0; i <= tokens.Count; i++)
        {
            if (i < tokens.Count)
            {
                depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
                if (depth != 0 || !tokens[i].Is(",")) continue;
            }
            items.Add(tokens[start..i]);
            start = i + 1;
        }
        return items;
    }
}

/// <summary>Reads <c>new.x := …</c> and <c>select a into new.x from t where …</c>: the columns of the new row that a statement sets.</summary>
static class AssignmentReader
{
    public static List<string> Read(List<Token> statement, Dialect dialect)
    {
        if (statement.Count > 3 && Column(statement, 0, dialect) is { } set && (statement[3].Is(":=") || statement[3].Is("="))) return [set];
        var into = statement.FindIndex(t => t.IsWord("INTO"));
        if (into < 0 || !statement[0].IsWord("SELECT")) return [];
        var columns = new List<string>();
        for (var at = into + 1 < statement.Count && statement[into + 1].IsWord("STRICT") ? into + 2 : into + 1; Column(statement, at, dialect) is { } column; at += 4)
        {
            columns.Add(column);
            if (at + 3 >= statement.Count || !statement[at + 3].Is(",")) break;
        }
        return columns;
    }

    static string? Column(List<Token> statement, int at, Dialect dialect) =>
        at + 2 < statement.Count && statement[at].IsWord("NEW") && statement[at + 1].Is(".")
            ? OperandReader.NameOf(statement[at + 2], dialect) : null;
}
