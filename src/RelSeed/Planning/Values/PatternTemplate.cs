using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Turns a regular expression into a template of texts that match it: sequences, classes, groups, alternatives and repetitions.</summary>
sealed class PatternTemplate
{
    const string Printable = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", Digits = "0123456789";
    readonly string _pattern;
    readonly Draw _draw;

    // How often more than the least an open repetition may repeat.
    readonly int _extra;
    int _at;

    PatternTemplate(string pattern, Draw draw, int extra) => (_pattern, _draw, _extra) = (pattern, draw, extra);

    /// <summary>A template within the lengths, or null when the expression uses what texts cannot be made from, or none is so long.</summary>
    /// <param name="draw">From the index, every repetition is of a fixed length, so that each text is spelt in one way only.</param>
    public static TextTemplate? Parse(string pattern, int min, int max, Draw draw)
    {
        foreach (var extra in new[] { 7, 3, 15, 1, 0, 31, 63 })
        {
            try
            {
                var parser = new PatternTemplate(pattern, draw, extra);
                var template = parser.Alternatives();
                if (parser._at < pattern.Length || template.MaxLength > max || template.MaxLength < min) continue;
                if (template.MinLength < min) template = Lengthened(template, min);
                if (template.MinLength >= min && TemplateSample.AllMatch(template, pattern)) return template;
            }
            catch (FormatException)
            {
                return null;
            }
        }
        return null;
    }

    static TextTemplate Lengthened(TextTemplate template, int min)
    {
        var missing = min - template.MinLength;
        var parts = template.Parts.ToList();
        for (var i = 0; i < parts.Count && missing > 0; i++)
        {
            if (parts[i] is not CharsPart chars) continue;
            var more = Math.Min(missing, chars.MaxCount - chars.MinCount);
            parts[i] = chars with { MinCount = chars.MinCount + more };
            missing -= more;
        }
        return new TextTemplate(parts.ToEquatableArray());
    }

    TextTemplate Alternatives()
    {
        var cases = new List<TextTemplate> { Sequence() };
        while (Take('|')) cases.Add(Sequence());
        return cases.Count == 1 ? cases[0] : new TextTemplate([new ChoicePart(cases.ToEquatableArray(), Draw.Own)]);
    }

    TextTemplate Sequence()
    {
        var parts = new List<TextPart>();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
            if (Atom() is { } atom) parts.AddRange(Repeated(atom));
        return new TextTemplate(parts.ToEquatableArray());
    }

    // An alphabet for one character, or the template of a group; null for what takes no room.
    object? Atom()
    {
        var c = _pattern[_at++];
        switch (c)
        {
            case '^' or '$': return null;
            case '.': return Letters + Digits;
            case '[': return Class();
            case '\\': return Escape();
            case '(':
                if (Take('?') && !Take(':')) throw new FormatException("A look-around matches no text of its own.");
                var group = Alternatives();
                if (!Take(')')) throw new FormatException("A group is open.");
                return group;
            case '*' or '+' or '?': throw new FormatException("A repetition of nothing.");
            default: return c.ToString();
        }
    }

    string? Escape()
    {
        var c = _at < _pattern.Length ? _pattern[_at++] : throw new FormatException("The expression ends in a backslash.");
        return c switch
        {
            'd' => Digits,
            'w' => Letters + Digits + "_",
            's' => " ",
            'D' or 'S' or 'W' => Letters,
            'A' or 'Z' or 'z' or 'b' or 'm' or 'M' or 'y' => null,
            >= '1' and <= '9' => throw new FormatException("A back reference."),
            _ => c.ToString(),
        };
    }

    string Class()
    {
        var isNegated = Take('^');
        var chars = new List<char>();
        for (var isFirst = true; _at < _pattern.Length && (isFirst || _pattern[_at] != ']'); isFirst = false) chars.AddRange(Member());
        if (!Take(']')) throw new FormatException("A class is open.");
        var alphabet = isNegated ? (Letters + Digits + Printable).Distinct().Where(c => !chars.Contains(c)) : chars.Distinct().Where(char.IsAscii);
        var text = string.Concat(alphabet);
        // Of a class that allows nearly everything, letters and digits look best.
        if (text.Length > 70) text = string.Concat(text.Where(char.IsAsciiLetterOrDigit));
        return text.Length > 0 ? text : throw new FormatException("A class without a character of ASCII.");
    }

    IEnumerable<char> Member()
    {
        if (_pattern[_at] == '[' && _at + 1 < _pattern.Length && _pattern[_at + 1] == ':') return Named();
        if (Take('\\')) return Escape() ?? "";
        var first = _pattern[_at++];
        if (_at + 1 >= _pattern.Length || _pattern[_at] != '-' || _pattern[_at + 1] == ']') return [first];
        var last = _pattern[_at + 1];
        _at += 2;
        return Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(c => (char)c);
    }

    string Named()
    {
        var end = _pattern.IndexOf(":]", _at, StringComparison.Ordinal);
        if (end < 0) throw new FormatException("A named class is open.");
        var name = _pattern[(_at + 2)..end];
        _at = end + 2;
        return name switch
        {
            "alpha" => Letters,
            "digit" => Digits,
            "alnum" => Letters + Digits,
            "upper" => Letters[..26],
            "lower" => Letters[26..],
            "xdigit" => Digits + "abcdef",
            "space" or "blank" => " ",
            "punct" => "-_.,",
            _ => throw new FormatException("An unknown named class."),
        };
    }

    List<TextPart> Repeated(object atom)
    {
        var (least, most) = Quantifier();
        // Spelt from the index, the count is fixed, so that no text can be read in two ways.
        if (_draw.IsIndex) least = most;
        if (atom is string alphabet)
            return alphabet.Length == 1 && least == most ? [new LiteralPart(new string(alphabet[0], least))] : most == 0 ? []
                : [new CharsPart(alphabet, least, most, _draw)];
        var group = (TextTemplate)atom;
        if (least == most && most <= 8) return [.. Enumerable.Repeat(group.Parts, most).SelectMany(p => p)];
        return [new RepeatPart(group, least, most, "")];
    }

    (int Least, int Most) Quantifier()
    {
        var bounds = Take('*') ? (0, _extra) : Take('+') ? (1, 1 + _extra) : Take('?') ? (0, Math.Min(1, _extra)) : Take('{') ? Counts() : (1, 1);
        if (_at > 0 && _pattern[_at - 1] is '*' or '+' or '?' or '}') Take('?');
        return bounds;
    }

    (int Least, int Most) Counts()
    {
        var end = _pattern.IndexOf('}', _at);
        if (end < 0) throw new FormatException("A count is open.");
        var counts = _pattern[_at..end].Split(',');
        _at = end + 1;
        var least = int.Parse(counts[0], System.Globalization.CultureInfo.InvariantCulture);
        if (counts.Length == 1) return (least, least);
        return (least,
            Math.Min(least + _extra, counts[1].Length == 0 ? int.MaxValue : int.Parse(counts[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    bool Take(char c)
    {
        if (_at >= _pattern.Length || _pattern[_at] != c) return false;
        _at++;
        return true;
    }
}
