using System.Buffers;

namespace RelSeed.Sqlite.Schema.CreateText;

/// <summary>Cuts SQL text into tokens as SQLite does. Any text is taken: what is left open ends with the text.</summary>
static class SqlTokenizer
{
    static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\n\f\r\v\uFEFF");

    public static SqlToken[] Tokenize(string sql)
    {
        var tokens = new List<SqlToken>();
        for (var at = 0; at < sql.Length;)
        {
            var gap = GapLength(sql.AsSpan(at));
            if (gap == 0)
            {
                var (kind, length) = Next(sql.AsSpan(at));
                tokens.Add(new SqlToken(kind, at, length));
                gap = length;
            }
            at += gap;
        }
        return [.. tokens];
    }

    static int GapLength(ReadOnlySpan<char> text)
    {
        if (Blanks.Contains(text[0])) return 1;
        if (text.StartsWith("--")) return EndOf(text, 2, "\n");
        if (text.StartsWith("/*")) return EndOf(text, 2, "*/");
        return 0;
    }

    static (SqlTokenKind Kind, int Length) Next(ReadOnlySpan<char> text) => text[0] switch
    {
        '\'' => (SqlTokenKind.String, QuotedLength(text, '\'')),
        '"' or '`' => (SqlTokenKind.QuotedName, QuotedLength(text, text[0])),
        '[' => (SqlTokenKind.QuotedName, EndOf(text, 1, "]")),
        'x' or 'X' when text.Length > 1 && text[1] == '\'' => (SqlTokenKind.Literal, 1 + QuotedLength(text[1..], '\'')),
        '?' or ':' or '@' or '#' => (SqlTokenKind.Literal, 1 + WordLength(text[1..])),
        '.' when text.Length > 1 && char.IsAsciiDigit(text[1]) => (SqlTokenKind.Literal, NumberLength(text)),
        >= '0' and <= '9' => (SqlTokenKind.Literal, NumberLength(text)),
        _ when IsWord(text[0]) => (SqlTokenKind.Word, WordLength(text)),
        _ => (SqlTokenKind.Symbol, SymbolLength(text)),
    };

    static int EndOf(ReadOnlySpan<char> text, int from, string end)
    {
        var found = text[from..].IndexOf(end);
        return found < 0 ? text.Length : from + found + end.Length;
    }

    static int QuotedLength(ReadOnlySpan<char> text, char quote)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] != quote) continue;
            if (i + 1 == text.Length || text[i + 1] != quote) return i + 1;
            i++;
        }
        return text.Length;
    }

    static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || c >= 0x80;

    static int WordLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && IsWord(text[length])) length++;
        return length;
    }

    // Digits, hexadecimal digits and an exponent are word characters: only the point and the exponent's sign are not.
    static int NumberLength(ReadOnlySpan<char> text)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var length = 1;
        while (length < text.Length)
        {
            var c = text[length];
            var isSign = c is '+' or '-' && !isHex && text[length - 1] is 'e' or 'E';
            if (!IsWord(c) && c != '.' && !isSign) break;
            length++;
        }
        return length;
    }

    static int SymbolLength(ReadOnlySpan<char> text) =>
        text.StartsWith("->>") ? 3
        : text.Length > 1 && text[..2] is "||" or "<=" or ">=" or "<>" or "!=" or "==" or "<<" or ">>" or "->" ? 2
        : 1;
}
