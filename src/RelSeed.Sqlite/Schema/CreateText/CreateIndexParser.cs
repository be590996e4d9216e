namespace RelSeed.Sqlite.Schema.CreateText;

/// <summary>What only an index's CREATE text tells.</summary>
/// <param name="Parts">The expression of each part, collation and direction taken off.</param>
/// <param name="Predicate">The condition of a partial index.</param>
sealed record CreateIndexText(IReadOnlyList<SqlTokens> Parts, SqlTokens? Predicate);

/// <summary>Reads CREATE INDEX text that SQLite has accepted; never fails.</summary>
static class CreateIndexParser
{
    public static CreateIndexText Parse(string sql)
    {
        var tokens = new SqlTokens(sql);
        var open = tokens.FindSymbol("(", 0);
        var where = tokens.FindWord("WHERE", tokens.SkipGroup(open));
        return new CreateIndexText(
            [.. tokens.Group(open).SplitByComma().Select(WithoutOrder)],
            where < tokens.Count ? tokens[(where + 1)..] : null);
    }

    static SqlTokens WithoutOrder(SqlTokens part)
    {
        var end = part.Count;
        if (part.IsWord(end - 1, "ASC") || part.IsWord(end - 1, "DESC")) end--;
        if (end > 2 && part.IsWord(end - 2, "COLLATE")) end -= 2;
        return part[..end];
    }
}
