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

    static EquatableArray<TriggerValue> Values(IEnumerable<List<Token>> items, Dialect dialect) => items.Select(i => OperandReader.Read(i, dialect)).ToEquatableArray();

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

/// <param name="Columns">Columns of the new row that a statement sets.</param>
/// <param name="Lookup">Where it reads the value, when that can be told.</param>
sealed record Assignment(IReadOnlyList<string> Columns, TriggerLookup? Lookup);

/// <summary>Reads <c>new.x := …</c> and <c>select a into new.x from t where …</c>.</summary>
static class AssignmentReader
{
    public static Assignment? Read(List<Token> statement, Dialect dialect)
    {
        if (statement.Count > 3 && Column(statement, 0, dialect) is { } set && (statement[3].Is(":=") || statement[3].Is("="))) return new([set], null);
        var into = statement.FindIndex(t => t.IsWord("INTO"));
        if (into < 0 || !statement[0].IsWord("SELECT")) return null;
        var first = into + 1 < statement.Count && statement[into + 1].IsWord("STRICT") ? into + 2 : into + 1;
        var columns = new List<string>();
        var at = first;
        for (; Column(statement, at, dialect) is { } column; at += 4)
        {
            columns.Add(column);
            if (at + 3 >= statement.Count || !statement[at + 3].Is(",")) break;
        }
        return columns.Count == 0 ? null : new(columns, columns.Count == 1 ? Lookup(statement, into, at + 3, columns[0], dialect) : null);
    }

    static string? Column(List<Token> statement, int at, Dialect dialect) =>
        at + 2 < statement.Count && statement[at].IsWord("NEW") && statement[at + 1].Is(".") ? OperandReader.NameOf(statement[at + 2], dialect) : null;

    // SELECT value INTO new.c FROM table WHERE key = new.r, or INTO before the value.
    static TriggerLookup? Lookup(List<Token> statement, int into, int behind, string column, Dialect dialect)
    {
        var from = statement.FindIndex(t => t.IsWord("FROM"));
        var where = statement.FindIndex(t => t.IsWord("WHERE"));
        if (from < 0 || where != from + 2 && !(where == from + 4 && statement[from + 2].Is("."))) return null;
        var value = into == 1 ? statement[Math.Min(behind, from)..from] : statement[1..Math.Min(into, from)];
        var equal = statement.FindIndex(where, t => t.Is("="));
        if (equal < 0) return null;
        var (left, right) = (statement[(where + 1)..equal], statement[(equal + 1)..]);
        if (OperandReader.Read(left, dialect).Column is not null) (left, right) = (right, left);
        return Name(value, dialect) is { } read && Name(left, dialect) is { } key && OperandReader.Read(right, dialect).Column is { } reference
            && OperandReader.NameOf(statement[where - 1], dialect) is { } table ? new(column, table, read, key, reference) : null;
    }

    // A column with or without its table.
    static string? Name(List<Token> tokens, Dialect dialect) => tokens switch
    {
        [var name] => OperandReader.NameOf(name, dialect),
        [_, var dot, var name] when dot.Is(".") => OperandReader.NameOf(name, dialect),
        _ => null,
    };
}
