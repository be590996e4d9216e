namespace RelSeed.Expressions;

/// <summary>Reads a function in PL/pgSQL that tells whether its parameter can be cast: it casts, returns true, and where that fails, false.</summary>
static class CastFunctionReader
{
    const int MostWordsOfType = 4;

    /// <returns>A condition that holds where the cast does, as text; null for another body.</returns>
    public static string? Condition(string text, List<Token> tokens)
    {
        var begin = tokens.FindIndex(t => t.IsWord("begin"));
        var handler = tokens.FindIndex(t => t.IsWord("exception"));
        if (begin < 0 || handler < begin || Returned(tokens, handler, tokens.Count) is not "false" || Returned(tokens, begin, handler) is not "true")
            return null;
        var casts = Enumerable.Range(begin, handler - begin).Where(i => tokens[i].Is("::")).ToList();
        if (casts is not [var cast] || TypeAt(text, tokens, cast + 1) is not { } type) return null;
        var value = tokens[cast - 1].Kind is TokenKind.Word or TokenKind.QuotedWord ? text[tokens[cast - 1].Start..tokens[cast].Start] : null;
        return value is null ? null : $"({value})::{type} = ({value})::{type}";
    }

    // The only thing that it returns there; null when it may return others.
    static string? Returned(List<Token> tokens, int from, int to)
    {
        var returns = Enumerable.Range(from, to - from).Where(i => tokens[i].IsWord("return")).ToList();
        return returns is [var only] && only + 2 < tokens.Count && tokens[only + 1].Kind == TokenKind.Word && tokens[only + 2].Is(";")
            ? tokens[only + 1].Text.ToLowerInvariant() : null;
    }

    static string? TypeAt(string text, List<Token> tokens, int first)
    {
        var last = first;
        while (last < tokens.Count && last - first < MostWordsOfType && tokens[last].Kind == TokenKind.Word) last++;
        return last > first && last < tokens.Count && (tokens[last].Is(";") || tokens[last].Is(")"))
            ? text[tokens[first].Start..tokens[last].Start].Trim() : null;
    }
}
