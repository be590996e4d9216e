using System.Globalization;
using System.Text;

namespace RelSeed.Expressions;

/// <summary>Texts with escapes.</summary>
sealed partial class Tokenizer
{
    string Escaped()
    {
        var start = _position;
        var content = new StringBuilder();
        for (_position += 2; ; _position++)
        {
            if (_position >= text.Length) throw new SyntaxFaultException($"the quote at character {start + 1} does not end");
            if (At(0) == '\'' && At(1) != '\'') break;
            if (At(0) == '\'') _position++;
            if (At(0) == '\\') AppendEscape(content);
            else content.Append(At(0));
        }
        _position++;
        return content.ToString();
    }

    void AppendEscape(StringBuilder content)
    {
        var c = At(1);
        _position++;
        var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            var length = 0;
            while (length < digits && char.IsAsciiHexDigit(At(1 + length))) length++;
            if (length == 0 || c != 'x' && length < digits) throw new SyntaxFaultException($"a wrong escape at character {_position}");
            var code = Convert.ToInt32(text.Substring(_position + 1, length), 16);
            if (!Rune.TryCreate(code, out var rune)) throw new SyntaxFaultException($"a wrong escape at character {_position}");
            content.Append(rune);
            _position += length;
        }
        else if (char.IsAsciiDigit(c)) throw new SyntaxFaultException("octal escapes are not read");
        else content.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => c });
    }

    // PostgreSQL's U&'d\0061t\+000061'.
    Token Unicode(int start)
    {
        if (dialect != Dialect.PostgreSql || At(2) != '\'') throw new SyntaxFaultException("Unicode escapes (U&) are not read");
        _position += 2;
        var escaped = Quoted('\'');
        var content = new StringBuilder();
        for (var i = 0; i < escaped.Length; i++)
            if (escaped[i] != '\\') content.Append(escaped[i]);
            else if (i + 1 < escaped.Length && escaped[i + 1] == '\\') content.Append(escaped[++i]);
            else i = AppendCodePoint(content, escaped, i + 1, start);
        return new(TokenKind.String, content.ToString(), start);
    }

    // Returns the last character of the escape. A pair of surrogates may be told one by one.
    static int AppendCodePoint(StringBuilder content, string escaped, int at, int start)
    {
        var (from, digits) = at < escaped.Length && escaped[at] == '+' ? (at + 1, 6) : (at, 4);
        if (from + digits > escaped.Length
            || !int.TryParse(escaped.AsSpan(from, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code is 0 or > 0x10FFFF)
            throw new SyntaxFaultException($"a wrong escape in the literal at character {start + 1}");
        content.Append(code > char.MaxValue ? char.ConvertFromUtf32(code) : ((char)code).ToString());
        return from + digits - 1;
    }
}
