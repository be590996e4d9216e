using System.Collections.Immutable;
using System.Text;

namespace RelSeed.Expressions;

/// <summary>Reads PostgreSQL's advanced regular expressions.</summary>
/// <remarks>Not read: basic and literal syntax, newline-sensitive and expanded modes, collating elements of several characters.</remarks>
sealed partial class RegexParser
{
    const int MaxDepth = 200, MaxRepeat = 255;

    readonly string _text;
    readonly bool _unicode;
    bool _ignoreCase;
    int _position;
    int _depth;

    RegexParser(string text, bool ignoreCase, bool unicode) => (_text, _ignoreCase, _unicode) = (text, ignoreCase, unicode);

    /// <summary>Some class or case fold reaches beyond ASCII, so that the locale decides what it holds.</summary>
    public bool IsLocaleDependent { get; private set; }

    /// <param name="unicode">Classes and case reach beyond ASCII, as in a UTF-8 locale; else as in the C locale.</param>
    /// <param name="reason">Why it was refused; empty on success.</param>
    public static RegexNode? TryParse(string text, bool ignoreCase, bool unicode, out bool isLocaleDependent, out string reason)
    {
        var parser = new RegexParser(text, ignoreCase, unicode);
        (isLocaleDependent, reason) = (false, "");
        try
        {
            if (text.Length > 10_000) throw new SyntaxFaultException("a regular expression of more than 10000 characters");
            parser.ReadPrefix();
            var node = parser.ParseAlternatives();
            if (parser._position < text.Length) throw new SyntaxFaultException("a regular expression with a parenthesis too many");
            isLocaleDependent = parser.IsLocaleDependent;
            return node;
        }
        catch (SyntaxFaultException fault)
        {
            reason = fault.Message;
            return null;
        }
    }

    char At(int offset) => _position + offset < _text.Length ? _text[_position + offset] : '\0';

    bool IsAtEnd => _position >= _text.Length;

    bool Accept(string text)
    {
        if (!_text.AsSpan(_position).StartsWith(text)) return false;
        _position += text.Length;
        return true;
    }

    /// <summary>***: and (?flags).</summary>
    void ReadPrefix()
    {
        Accept("***:");
        if (Accept("***")) throw new SyntaxFaultException("a regular expression in another syntax (***)");
        if (!_text.AsSpan(_position).StartsWith("(?") || !char.IsAsciiLetter(At(2))) return;
        for (_position += 2; At(0) != ')'; _position++)
            switch (At(0))
            {
                case 'i':
                    _ignoreCase = true;
                    break;
                case 'c':
                    _ignoreCase = false;
                    break;
                case 's' or 't':
                    break;
                default:
                    throw new SyntaxFaultException("a regular expression with options that are not read");
            }
        _position++;
    }

    RegexNode ParseAlternatives()
    {
        if (++_depth > MaxDepth) throw new SyntaxFaultException("a regular expression that is nested too deep");
        var branches = ImmutableArray.CreateBuilder<RegexNode>();
        do branches.Add(ParseBranch());
        while (Accept("|"));
        _depth--;
        return branches.Count == 1 ? branches[0] : new RegexNode.Alternate(branches.ToImmutable());
    }

    RegexNode ParseBranch()
    {
        var parts = ImmutableArray.CreateBuilder<RegexNode>();
        while (!IsAtEnd && At(0) is not ('|' or ')')) parts.Add(ParseQuantified());
        return parts.Count == 1 ? parts[0] : new RegexNode.Concat(parts.ToImmutable());
    }

    RegexNode ParseQuantified()
    {
        var atom = ParseAtom();
        if (ParseQuantifier() is not { } bounds) return atom;
        if (atom is RegexNode.Anchor or RegexNode.Look) throw new SyntaxFaultException("a regular expression that repeats an anchor");
        var isLazy = Accept("?");
        if (At(0) is '*' or '+' or '?' || At(0) == '{' && char.IsAsciiDigit(At(1)))
            throw new SyntaxFaultException("a regular expression with two quantifiers in a row");
        return new RegexNode.Repeat(atom, bounds.Minimum, bounds.Maximum, isLazy);
    }

    (int Minimum, int? Maximum)? ParseQuantifier()
    {
        if (Accept("*")) return (0, null);
        if (Accept("+")) return (1, null);
        if (Accept("?")) return (0, 1);
        if (At(0) != '{' || !char.IsAsciiDigit(At(1))) return null;
        _position++;
        var minimum = ParseNumber();
        int? maximum = minimum;
        if (Accept(",")) maximum = char.IsAsciiDigit(At(0)) ? ParseNumber() : null;
        if (!Accept("}") || maximum < minimum) throw new SyntaxFaultException("a regular expression with a wrong bound");
        return (minimum, maximum);
    }

    int ParseNumber()
    {
        var number = 0;
        for (; char.IsAsciiDigit(At(0)); _position++)
            if ((number = number * 10 + At(0) - '0') > MaxRepeat) throw new SyntaxFaultException("a regular expression with a bound above 255");
        return number;
    }

    RegexNode ParseAtom()
    {
        var c = At(0);
        switch (c)
        {
            case '(':
                return ParseGroup();
            case '[':
                return ParseBracket();
            case '.':
                _position++;
                return new RegexNode.Set(CharSet.Any);
            case '^':
                _position++;
                return new RegexNode.Anchor(AnchorKind.Start);
            case '$':
                _position++;
                return new RegexNode.Anchor(AnchorKind.End);
            case '*' or '+' or '?':
                throw new SyntaxFaultException("a regular expression that repeats nothing");
            case '{' when char.IsAsciiDigit(At(1)):
                throw new SyntaxFaultException("a regular expression that repeats nothing");
            case '\\':
                return ParseEscape();
            default:
                return Literal(ReadPoint());
        }
    }

    int ReadPoint()
    {
        var status = Rune.DecodeFromUtf16(_text.AsSpan(_position), out var rune, out var length);
        if (status != System.Buffers.OperationStatus.Done) throw new SyntaxFaultException("a regular expression with half a surrogate pair");
        _position += length;
        return rune.Value;
    }

    RegexNode.Set Literal(int point) => new(Fold(CharSet.Of(point)));

    CharSet Fold(CharSet set)
    {
        if (!_ignoreCase) return set;
        IsLocaleDependent = true;
        return set.FoldCase(_unicode);
    }

    CharSet Class(string name)
    {
        IsLocaleDependent |= name is not ("xdigit" or "ascii");
        return CharSet.Class(name, _unicode) ?? throw new SyntaxFaultException("a regular expression with an unknown class");
    }

    RegexNode ParseGroup()
    {
        _position++;
        var kind = Accept("?:") ? ":" : Accept("?=") ? "=" : Accept("?!") ? "!" : Accept("?<=") ? "<=" : Accept("?<!") ? "<!" : "";
        if (kind.Length == 0 && At(0) == '?') throw new SyntaxFaultException("a regular expression with an unknown group");
        var body = ParseAlternatives();
        if (!Accept(")")) throw new SyntaxFaultException("a regular expression with a parenthesis too few");
        return kind switch
        {
            "" => new RegexNode.Group(body),
            ":" => body is RegexNode.Set or RegexNode.Alternate ? body : new RegexNode.Concat([body]),
            _ => new RegexNode.Look(body, kind[0] != '<', kind[^1] == '!'),
        };
    }
}
