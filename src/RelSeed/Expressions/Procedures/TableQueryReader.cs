using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>What a query asks of the rows of one table, as far as it can be told.</summary>
/// <param name="Keys">Columns that must equal a column of the new row, or a literal.</param>
sealed record TableQuery(string? Schema, string Table, EquatableArray<DemandedValue> Keys);

/// <summary>Reads <c>from t as a where a.x = new.y and z = 'c'</c>.</summary>
static class TableQueryReader
{
    static readonly string[] Ends =
        ["GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR", "UNION", "INTERSECT", "EXCEPT", "RETURNING"];

    /// <param name="tokens">A query, from SELECT or PERFORM on.</param>
    /// <returns>Null where more than one table is asked, or none.</returns>
    public static TableQuery? Read(List<Token> tokens, Dialect dialect)
    {
        tokens = WithoutTargets(tokens);
        var from = Find(tokens, 0, t => t.IsWord("FROM"));
        if (from < 0 || from + 1 >= tokens.Count) return null;
        var end = Find(tokens, from, t => Ends.Any(t.IsWord));
        if (end < 0) end = tokens.Count;
        var where = Find(tokens, from, t => t.IsWord("WHERE"));
        if (where < 0 || where > end) where = end;
        var (schema, at) = from + 2 < where && tokens[from + 2].Is(".") ? (OperandReader.NameOf(tokens[from + 1], dialect), from + 3)
            : (null, from + 1);
        if (at >= where || OperandReader.NameOf(tokens[at], dialect) is not { } table) return null;
        // At most an alias may follow.
        var alias = where - at - 1 - (at + 1 < where && tokens[at + 1].IsWord("AS") ? 1 : 0);
        if (alias is not (0 or 1)) return null;
        return new(schema, table, where >= end ? [] : Keys(tokens[(where + 1)..end], dialect));
    }

    // INTO may stand anywhere.
    static List<Token> WithoutTargets(List<Token> tokens)
    {
        var into = Find(tokens, 0, t => t.IsWord("INTO"));
        if (into < 0) return tokens;
        var end = into + 1 < tokens.Count && tokens[into + 1].IsWord("STRICT") ? into + 2 : into + 1;
        // Names between dots and commas.
        while (end + 1 < tokens.Count && (tokens[end + 1].Is(".") || tokens[end + 1].Is(","))) end += 2;
        return [.. tokens[..into], .. tokens[Math.Min(end + 1, tokens.Count)..]];
    }

    // Conditions joined by AND are each a demand of its own; what cannot be told is left out.
    static EquatableArray<DemandedValue> Keys(List<Token> condition, Dialect dialect)
    {
        if (Find(condition, 0, t => t.IsWord("OR")) >= 0) return [];
        var keys = new List<DemandedValue>();
        for (var start = 0; start < condition.Count;)
        {
            var end = Find(condition, start, t => t.IsWord("AND"));
            if (end < 0) end = condition.Count;
            if (Key(condition[start..end], dialect) is { } key) keys.Add(key);
            start = end + 1;
        }
        return keys.Distinct().ToEquatableArray();
    }

    static DemandedValue? Key(List<Token> comparison, Dialect dialect)
    {
        var equal = comparison.FindIndex(t => t.Is("="));
        if (equal < 0) return null;
        var (left, right) = (comparison[..equal], comparison[(equal + 1)..]);
        if (NameOf(left, dialect) is null || IsNew(left)) (left, right) = (right, left);
        if (NameOf(left, dialect) is not { } column || IsNew(left)) return null;
        return OperandReader.Read(right, dialect) is { } value && (value.Column ?? value.Literal) is not null ? new(column, value) : null;
    }

    static bool IsNew(List<Token> name) => name[0].IsWord("NEW") || name[0].IsWord("OLD");

    /// <summary>A column with or without its table.</summary>
    public static string? NameOf(List<Token> tokens, Dialect dialect) => tokens switch
    {
        [var name] => OperandReader.NameOf(name, dialect),
        [_, var dot, var name] when dot.Is(".") => OperandReader.NameOf(name, dialect),
        _ => null,
    };

    /// <summary>The first such token outside parentheses, or -1.</summary>
    public static int Find(List<Token> tokens, int start, Func<Token, bool> isSought)
    {
        var depth = 0;
        for (var i = start; i < tokens.Count; i++)
        {
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
            if (depth == 0 && isSought(tokens[i])) return i;
        }
        return -1;
    }
}
