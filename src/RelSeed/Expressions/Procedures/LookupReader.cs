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
        var at = statement[2].IsWord("ONLY") ? 3 : 2;
        if (at >= statement.Count || OperandReader.NameOf(statement[at], dialect) is not { } name) return null;
        return at + 2 < statement.Count && statement[at + 1].Is(".") && OperandReader.NameOf(statement[at + 2], dialect) is { } table
            ? new(name, table) : new(null, name);
    }
}
