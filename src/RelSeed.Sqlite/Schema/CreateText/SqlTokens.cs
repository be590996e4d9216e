namespace RelSeed.Sqlite.Schema.CreateText;

/// <summary>A run of the tokens of one SQL text, with the questions a parser asks. Every index is answered: past the end there is nothing.</summary>
sealed class SqlTokens(string sql, ReadOnlyMemory<SqlToken> tokens)
{
    public SqlTokens(string sql) : this(sql, SqlTokenizer.Tokenize(sql)) { }

    public int Count => tokens.Length;

    public SqlTokens this[Range range] => new(sql, tokens[range]);

    public ReadOnlySpan<char> this[int index] => index >= 0 && index < Count ? TextOf(tokens.Span[index]) : [];

    public SqlTokenKind? KindOf(int index) => index >= 0 && index < Count ? tokens.Span[index].Kind : null;

    public bool IsWord(int index, string word) =>
        KindOf(index) == SqlTokenKind.Word && this[index].Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(int index, string symbol) => KindOf(index) == SqlTokenKind.Symbol && this[index].SequenceEqual(symbol);

    /// <summary>The name that a token stands for, quotes taken off; null when it is no name.</summary>
    public string? NameAt(int index) =>
        KindOf(index) is SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.String ? SqlName.Unquote(this[index]) : null;

    /// <summary>Index of the first such word outside parentheses at or after a place, or <see cref="Count"/>.</summary>
    public int FindWord(string word, int from)
    {
        var depth = 0;
        for (var i = from; i < Count; i++)
        {
            depth += DepthChange(i);
            if (depth == 0 && IsWord(i, word)) return i;
        }
        return Count;
    }

    /// <summary>Index of the first such symbol at or after a place, or <see cref="Count"/>.</summary>
    public int FindSymbol(string symbol, int from)
    {
        while (from < Count && !IsSymbol(from, symbol)) from++;
        return Math.Min(from, Count);
    }

    /// <summary>Index after the parenthesis that closes the one at <paramref name="open"/>; after the single token when none opens there.</summary>
    public int SkipGroup(int open)
    {
        var depth = 0;
        for (var i = open; i < Count; i++)
        {
            depth += DepthChange(i);
            if (depth <= 0) return i + 1;
        }
        return Count;
    }

    /// <summary>What stands between the parentheses that open at an index; nothing when none opens there.</summary>
    public SqlTokens Group(int open)
    {
        if (!IsSymbol(open, "(")) return new SqlTokens(sql, ReadOnlyMemory<SqlToken>.Empty);
        var end = SkipGroup(open);
        return this[(open + 1)..Math.Max(open + 1, IsSymbol(end - 1, ")") ? end - 1 : end)];
    }

    /// <summary>The parts between commas outside parentheses.</summary>
    public IEnumerable<SqlTokens> SplitByComma()
    {
        if (Count == 0) yield break;
        var (start, depth) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            depth += DepthChange(i);
            if (depth != 0 || !IsSymbol(i, ",")) continue;
            yield return this[start..i];
            start = i + 1;
        }
        yield return this[start..];
    }

    /// <summary>White space or a comment stands before a token.</summary>
    public bool HasGapBefore(int index) => index > 0 && tokens.Span[index - 1].End != tokens.Span[index].Start;

    int DepthChange(int index) => IsSymbol(index, "(") ? 1 : IsSymbol(index, ")") ? -1 : 0;

    ReadOnlySpan<char> TextOf(SqlToken token) => sql.AsSpan(token.Start, token.Length);
}
