using System.Buffers;
using System.Text;

namespace RelSeed.Expressions;

/// <summary>Splits an expression's text into tokens; linear in its length.</summary>
sealed partial class Tokenizer(string text, Dialect dialect)
{
    const int LongestOperator = 63;
    const string OperatorCharacters = "+-*/<>=~!@#%^&|`?";
    static readonly string[] FixedOperators = ["->>", "||", "->", "<<", ">>", "<=", ">=", "<>", "!=", "==", "!<", "!>"];

    static readonly SearchValues<char> NotInTag = SearchValues.Create(" \t\r\n'\"");
    static readonly SearchValues<char> MayEndInSign = SearchValues.Create("~!@#%^&|`?");

    int _position;

    public List<Token> Read()
    {
        var tokens = new List<Token>();
        do tokens.Add(Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    char At(int offset) => _position + offset < text.Length ? text[_position + offset] : '\0';

    Token Next()
    {
        SkipSpaceAndComments();
        var start = _position;
        if (start >= text.Length) return new(TokenKind.End, "", start);
        var first = text[start];
        if (first == '\'') return new(TokenKind.String, Quoted('\''), start);
        if (OpensIdentifier(first)) return new(TokenKind.QuotedWord, Quoted(first == '[' ? ']' : first), start);
        if (IsWordStart(first)) return PrefixedString(start) ?? new(TokenKind.Word, Word(), start);
        if (char.IsAsciiDigit(first) || first == '.' && char.IsAsciiDigit(At(1))) return new(TokenKind.Number, Number(), start);
        if (first == '$' && dialect == Dialect.PostgreSql) return new(TokenKind.String, DollarQuoted(), start);
        return new(TokenKind.Symbol, Symbol(), start);
    }

    bool OpensIdentifier(char c) => c == '"' || c == '[' && dialect != Dialect.PostgreSql || c == '`' && dialect == Dialect.Sqlite;

    static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c == '_' || c >= 128;

    void SkipSpaceAndComments()
    {
        while (_position < text.Length)
        {
            if (text[_position] is ' ' or '\t' or '\n' or '\r' or '\f' or '\v') _position++;
            else if (At(0) == '-' && At(1) == '-') _position = EndOr(text.IndexOf('\n', _position));
            else if (At(0) == '/' && At(1) == '*') SkipBlockComment();
            else return;
        }
    }

    int EndOr(int found) => found < 0 ? text.Length : found;

    void SkipBlockComment()
    {
        var end = text.IndexOf("*/", _position + 2, StringComparison.Ordinal);
        if (end < 0) throw new SyntaxFaultException($"the comment at character {_position + 1} does not end");
        _position = end + 2;
    }

    string Quoted(char close)
    {
        var start = _position++;
        var content = new StringBuilder();
        while (true)
        {
            var end = text.IndexOf(close, _position);
            if (end < 0) throw new SyntaxFaultException($"the quote at character {start + 1} does not end");
            content.Append(text, _position, end - _position);
            _position = end + 1;
            if (At(0) != close) return content.ToString();
            content.Append(close);
            _position++;
        }
    }

    string Word()
    {
        var start = _position;
        while (_position < text.Length && (IsWordStart(text[_position]) || char.IsAsciiDigit(text[_position]) || text[_position] == '$')) _position++;
        return text[start.._position];
    }

    /// <summary>E'…', U&amp;'…', N'…', X'…', B'…'.</summary>
    Token? PrefixedString(int start)
    {
        if (At(0) is 'U' or 'u' && At(1) == '&') return Unicode(start);
        if (At(1) != '\'') return null;
        switch (char.ToUpperInvariant(At(0)))
        {
            case 'E' when dialect == Dialect.PostgreSql:
                return new(TokenKind.String, Escaped(), start);
            case 'N' when dialect != Dialect.Sqlite:
                _position++;
                return new(TokenKind.String, Quoted('\''), start);
            case 'X':
                return new(TokenKind.Bytes, Digits("0123456789abcdefABCDEF", start), start);
            case 'B' when dialect == Dialect.PostgreSql:
                return new(TokenKind.Bits, Digits("01", start), start);
            default:
                return null;
        }
    }

    string Digits(string allowed, int start)
    {
        _position++;
        var digits = Quoted('\'');
        return digits.AsSpan().ContainsAnyExcept(allowed) ? throw new SyntaxFaultException($"a wrong digit in the literal at character {start + 1}")
            : digits.ToUpperInvariant();
    }

    string DollarQuoted()
    {
        var end = text.IndexOf('$', _position + 1);
        if (end < 0) throw new SyntaxFaultException($"a wrong character at {_position + 1}: $");
        var tag = text[_position..(end + 1)];
        var close = text.IndexOf(tag, end + 1, StringComparison.Ordinal);
        if (close < 0 || tag.AsSpan(1, tag.Length - 2).ContainsAny(NotInTag))
            throw new SyntaxFaultException($"a wrong character at {_position + 1}: $");
        _position = close + tag.Length;
        return text[(end + 1)..close];
    }

    string Number()
    {
        var start = _position;
        if (At(0) == '0' && At(1) is 'x' or 'X')
        {
            for (_position += 2; char.IsAsciiHexDigit(At(0)); _position++) { }
            var hex = text[(start + 2).._position];
            if (hex.Length is 0 or > 16) throw new SyntaxFaultException($"a wrong number at character {start + 1}");
            return unchecked((long)Convert.ToUInt64(hex, 16)).ToString();
        }
        SkipDigits();
        if (At(0) == '.')
        {
            _position++;
            SkipDigits();
        }
        if (At(0) is 'e' or 'E' && (char.IsAsciiDigit(At(1)) || At(1) is '+' or '-' && char.IsAsciiDigit(At(2))))
        {
            _position += 2;
            SkipDigits();
        }
        if (IsWordStart(At(0))) throw new SyntaxFaultException($"a wrong number at character {start + 1}");
        return text[start.._position].Replace("_", "").ToLowerInvariant();
    }

    void SkipDigits()
    {
        while (char.IsAsciiDigit(At(0)) || At(0) == '_' && char.IsAsciiDigit(At(1))) _position++;
    }

    string Symbol()
    {
        var first = At(0);
        if (first == ':' && At(1) == ':') return Take(2);
        if ("()[],.:".Contains(first)) return Take(1);
        if (!OperatorCharacters.Contains(first)) throw new SyntaxFaultException($"a wrong character at {_position + 1}: {Describe(first)}");
        return dialect == Dialect.PostgreSql ? Take(PostgresOperatorLength()) : Take(FixedOperatorLength());
    }

    static string Describe(char c) => c is > ' ' and < (char)127 ? c.ToString() : $"U+{(int)c:X4}";

    int FixedOperatorLength()
    {
        foreach (var known in FixedOperators)
            if (text.AsSpan(_position).StartsWith(known)) return known.Length;
        return 1;
    }

    /// <summary>As far as operator characters go, but no comment inside, and no sign at the end of an operator of plain characters.</summary>
    int PostgresOperatorLength()
    {
        var length = 1;
        while (length < LongestOperator && OperatorCharacters.Contains(At(length)) && !(At(length) == '-' && At(length + 1) == '-')
            && !(At(length) == '/' && At(length + 1) == '*'))
            length++;
        if (text.AsSpan(_position, length).ContainsAny(MayEndInSign)) return length;
        while (length > 1 && At(length - 1) is '+' or '-') length--;
        return length;
    }

    string Take(int length)
    {
        _position += length;
        return text[(_position - length).._position];
    }
}
