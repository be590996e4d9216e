namespace RelSeed.Expressions;

/// <summary>Backslashes and bracket expressions.</summary>
sealed partial class RegexParser
{
    RegexNode ParseEscape()
    {
        var c = At(1);
        if (_position + 1 >= _text.Length) throw new SyntaxFaultException("a regular expression that ends with a backslash");
        AnchorKind? anchor = c switch
        {
            'A' => AnchorKind.Start,
            'Z' => AnchorKind.End,
            'm' => AnchorKind.WordStart,
            'M' => AnchorKind.WordEnd,
            'y' => AnchorKind.WordBoundary,
            'Y' => AnchorKind.NotWordBoundary,
            _ => null,
        };
        if (anchor is { } kind)
        {
            IsLocaleDependent |= c is not ('A' or 'Z');
            _position += 2;
            return new RegexNode.Anchor(kind);
        }
        if (c is >= '1' and <= '9')
        {
            _position += 2;
            if (char.IsAsciiDigit(At(0))) throw new SyntaxFaultException("a regular expression with a reference above 9");
            return new RegexNode.BackReference(c - '0');
        }
        return EscapedClass(c) is { } set ? Take(set) : Literal(ReadEscapedPoint());
    }

    RegexNode.Set Take(CharSet set)
    {
        _position += 2;
        return new(set);
    }

    CharSet? EscapedClass(char c) => c switch
    {
        'd' => Class("digit"),
        's' => Class("space"),
        'w' => Class("word"),
        'D' => Class("digit").Negate(),
        'S' => Class("space").Negate(),
        'W' => Class("word").Negate(),
        _ => null,
    };

    int ReadEscapedPoint()
    {
        _position++;
        var c = At(0);
        if (!char.IsAsciiLetterOrDigit(c)) return ReadPoint();
        _position++;
        switch (c)
        {
            case 'x':
                return ReadHexadecimal(1, 8);
            case 'u':
                return ReadHexadecimal(4, 4);
            case 'U':
                return ReadHexadecimal(8, 8);
            case 'c' when !IsAtEnd:
                _position++;
                return _text[_position - 1] & 0x1F;
            case '0':
                var octal = 0;
                for (var i = 0; i < 2 && At(0) is >= '0' and <= '7'; i++, _position++) octal = octal * 8 + At(0) - '0';
                return octal;
        }
        return c switch
        {
            'a' => 7,
            'b' => 8,
            'B' => '\\',
            'e' => 27,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'v' => 11,
            _ => throw new SyntaxFaultException("a regular expression with an unknown escape"),
        };
    }

    int ReadHexadecimal(int minimum, int maximum)
    {
        var (value, count) = (0L, 0);
        for (; count < maximum && char.IsAsciiHexDigit(At(0)); count++, _position++) value = value * 16 + Convert.ToInt32(At(0).ToString(), 16);
        return count < minimum || value > CharSet.Last ? throw new SyntaxFaultException("a regular expression with a wrong escape") : (int)value;
    }

    RegexNode ParseBracket()
    {
        if (Accept("[[:<:]]")) return new RegexNode.Anchor(AnchorKind.WordStart);
        if (Accept("[[:>:]]")) return new RegexNode.Anchor(AnchorKind.WordEnd);
        _position++;
        var isNegated = Accept("^");
        var members = new List<CharSet>();
        for (var isFirst = true; isFirst || At(0) != ']'; isFirst = false)
        {
            if (IsAtEnd) throw new SyntaxFaultException("a regular expression with a bracket that does not end");
            members.Add(ParseMember());
        }
        _position++;
        var set = Fold(CharSet.Union([.. members]));
        return new RegexNode.Set(isNegated ? set.Negate() : set);
    }

    CharSet ParseMember()
    {
        if (Accept("[:")) return Class(ReadUntil(":]"));
        if (At(0) == '\\' && EscapedClass(At(1)) is { } set)
        {
            _position += 2;
            return set;
        }
        var first = ReadMemberPoint();
        if (At(0) != '-' || At(1) == ']' || _position + 1 >= _text.Length) return CharSet.Of(first);
        _position++;
        var last = ReadMemberPoint();
        return last < first ? throw new SyntaxFaultException("a regular expression with a range that goes down") : CharSet.Of(first, last);
    }

    int ReadMemberPoint()
    {
        if (Accept("[.")) return SinglePoint(ReadUntil(".]"));
        if (Accept("[=")) return SinglePoint(ReadUntil("=]"));
        if (IsAtEnd) throw new SyntaxFaultException("a regular expression with a bracket that does not end");
        return At(0) == '\\' ? ReadEscapedPoint() : ReadPoint();
    }

    static int SinglePoint(string text) =>
        text.Length == 1 ? text[0] : throw new SyntaxFaultException("a regular expression with a collating element");

    string ReadUntil(string close)
    {
        var end = _text.IndexOf(close, _position, StringComparison.Ordinal);
        if (end < 0) throw new SyntaxFaultException("a regular expression with a bracket that does not end");
        var name = _text[_position..end];
        _position = end + close.Length;
        return name;
    }
}
