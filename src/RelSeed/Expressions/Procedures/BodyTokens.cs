namespace RelSeed.Expressions;

/// <summary>Splits the body of a trigger into tokens; any text is taken, what cannot be read becomes a symbol. Linear in its length.</summary>
static class BodyTokens
{
    public static List<Token> Read(string text, Dialect dialect)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < text.Length;)
        {
            var next = SkipBlank(text, at);
            if (next == at) tokens.Add(Next(text, dialect, ref next));
            at = next;
        }
        return tokens;
    }

    /// <summary>The same text with spaces for its comments, of the same length.</summary>
    public static string WithoutComments(string text, Dialect dialect)
    {
        var clean = text.ToCharArray();
        for (var at = 0; at < text.Length;)
        {
            var next = SkipBlank(text, at);
            if (next == at) Next(text, dialect, ref next);
            else clean.AsSpan(at, next - at).Fill(' ');
            at = next;
        }
        return new(clean);
    }

    static int SkipBlank(string text, int at)
    {
        if (char.IsWhiteSpace(text[at])) return at + 1;
        if (At(text, at, "--")) return End(text, text.IndexOf('\n', at), 1);
        if (At(text, at, "/*")) return End(text, text.IndexOf("*/", at + 2, StringComparison.Ordinal), 2);
        return at;
    }

    static bool At(string text, int at, string symbol) => string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0;

    static int End(string text, int found, int length) => found < 0 ? text.Length : found + length;

    static Token Next(string text, Dialect dialect, ref int at)
    {
        var (start, first) = (at, text[at]);
        if (first is 'e' or 'E' && dialect == Dialect.PostgreSql && At(text, at + 1, "'")) return Escaped(text, ref at);
        if (first == '\'') return new(TokenKind.String, Quoted(text, ref at, '\''), start);
        if (first == '"' || first == '`' && dialect == Dialect.Sqlite) return new(TokenKind.QuotedWord, Quoted(text, ref at, first), start);
        if (first == '[' && dialect == Dialect.Sqlite) return new(TokenKind.QuotedWord, Quoted(text, ref at, ']'), start);
        if (first == '$' && dialect == Dialect.PostgreSql && DollarTag(text, at) is { } tag) return Dollar(text, tag, ref at);
        if (IsWord(first) && !char.IsAsciiDigit(first)) return new(TokenKind.Word, Take(text, ref at, IsWord), start);
        if (char.IsAsciiDigit(first)) return new(TokenKind.Number, Take(text, ref at, c => char.IsAsciiLetterOrDigit(c) || c == '.'), start);
        at += At(text, at, "::") || At(text, at, ":=") || At(text, at, "<>") || At(text, at, "!=") || At(text, at, "==") ? 2 : 1;
        return new(TokenKind.Symbol, text[start..at], start);
    }

    static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or >= (char)128;

    static string Take(string text, ref int at, Func<char, bool> belongs)
    {
        var start = at;
        while (at < text.Length && belongs(text[at])) at++;
        return text[start..at];
    }

    // A quote that does not end takes the rest.
    static string Quoted(string text, ref int at, char close)
    {
        var content = new System.Text.StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == close && !(at + 1 < text.Length && text[at + 1] == close)) break;
            if (text[at] == close) at++;
            content.Append(text[at]);
        }
        at = Math.Min(text.Length, at + 1);
        return content.ToString();
    }

    static Token Escaped(string text, ref int at)
    {
        var start = at;
        for (at += 2; at < text.Length && text[at] != '\''; at++)
            if (text[at] == '\\') at++;
        at = Math.Min(text.Length, at + 1);
        // What its escapes stand for does not matter here: no such literal is followed.
        return new(TokenKind.Bytes, text[start..at], start);
    }

    static string? DollarTag(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        return end < text.Length && text[end] == '$' && !(end > at + 1 && char.IsAsciiDigit(text[at + 1])) ? text[at..(end + 1)] : null;
    }

    static Token Dollar(string text, string tag, ref int at)
    {
        var (start, from) = (at, at + tag.Length);
        var close = text.IndexOf(tag, from, StringComparison.Ordinal);
        at = End(text, close, tag.Length);
        return new(TokenKind.String, close < 0 ? text[from..] : text[from..close], start);
    }
}
