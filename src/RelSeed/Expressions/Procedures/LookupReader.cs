using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Reads which single rows a statement looks up by a text alone: <c>(select id from role where name = 'owner')</c> among values, or
/// <c>select id into found from role where name = 'owner'</c>.</summary>
static class LookupReader
{
    public static IEnumerable<TriggerLookup> Read(List<Token> statement, Dialect dialect)
    {
        if (statement[0].IsWord("SELECT") && statement.Exists(t => t.IsWord("INTO")) && Of(statement, dialect) is { } into) yield return into;
        for (var start = 1; start + 1 < statement.Count; start++)
        {
            if (!statement[start].Is("(") || !statement[start + 1].IsWord("SELECT") || statement[start - 1].IsWord("EXISTS")
                || statement[start - 1].IsWord("IN"))
                continue;
            var end = TableQueryReader.Find(statement, start, t => t.Is(")"));
            if (end > start && Of(statement[(start + 1)..end], dialect) is { } found) yield return found;
        }
    }

    static TriggerLookup? Of(List<Token> query, Dialect dialect) =>
        TableQueryReader.Read(query, dialect) is { Keys: [{ Value: { Column: null, Literal: { } text } } only] } asked
            ? new(asked.Schema, asked.Table, only.Column, text) : null;

    /// <summary>The table of <c>delete from</c>; null for any other statement.</summary>
    public static TriggerDelete? Delete(List<Token> statement, Dialect dialect)
    {
        if (statement.Count < 3 || !statement[0].IsWord("DELETE") || !statement[1].IsWord("FROM")) return null;
        return Named(statement, 2, dialect) is (var schema, var table, _) ? new(schema, table, TableQueryReader.Read(statement, dialect)?.Keys ?? []) : null;
    }

    /// <summary>The table of <c>for … in select … from table</c> that takes all of its rows; null for any other head of a loop.</summary>
    public static TriggerSweep? Sweep(List<Token> head, Dialect dialect)
    {
        var from = head.FindIndex(t => t.IsWord("FROM"));
        if (from < 3 || !head[2].IsWord("IN") || !head.Take(from).Any(t => t.IsWord("SELECT")) || Named(head, from + 1, dialect) is not (var schema, var table, var end))
            return null;
        return head.Skip(end).Any(t => t.Is("(") || t.Is(",") || Narrowing.Any(t.IsWord)) ? null : new(schema, table);
    }

    static readonly string[] Narrowing = ["WHERE", "JOIN", "LIMIT", "FETCH", "GROUP", "UNION", "EXCEPT", "INTERSECT"];

    static (string? Schema, string Table, int End)? Named(List<Token> tokens, int at, Dialect dialect)
    {
        if (at < tokens.Count && tokens[at].IsWord("ONLY")) at++;
        if (at >= tokens.Count || OperandReader.NameOf(tokens[at], dialect) is not { } name) return null;
        return at + 2 < tokens.Count && tokens[at + 1].Is(".") && OperandReader.NameOf(tokens[at + 2], dialect) is { } table
            ? (name, table, at + 3) : (null, name, at + 1);
    }
}
