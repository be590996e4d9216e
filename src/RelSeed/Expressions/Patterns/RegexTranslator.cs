using System.Globalization;
using System.Text;

namespace RelSeed.Expressions;

/// <summary>Writes a tree as a .NET regular expression with the same matches.</summary>
/// <param name="withSurrogates">Code points beyond the basic plane are matched as pairs; else the subject must hold none.</param>
/// <param name="word">What word anchors take for a word's characters.</param>
sealed class RegexTranslator(bool withSurrogates, CharSet word)
{
    readonly StringBuilder _text = new();

    /// <summary>It needs look-around or back references, which .NET matches only by backtracking.</summary>
    public bool NeedsBacktracking { get; private set; }

    public string Translate(RegexNode node)
    {
        Write(node);
        return _text.ToString();
    }

    void Write(RegexNode node)
    {
        switch (node)
        {
            case RegexNode.Set set:
                WriteSet(set.Characters);
                break;
            case RegexNode.Concat concat:
                foreach (var part in concat.Parts) WriteWrapped(part, part is RegexNode.Alternate);
                break;
            case RegexNode.Alternate alternate:
                for (var i = 0; i < alternate.Branches.Length; i++)
                {
                    if (i > 0) _text.Append('|');
                    Write(alternate.Branches[i]);
                }
                break;
            case RegexNode.Repeat repeat:
                WriteWrapped(repeat.Body, repeat.Body is not RegexNode.Group);
                _text.Append(repeat.Minimum == repeat.Maximum ? $"{{{repeat.Minimum}}}" : $"{{{repeat.Minimum},{repeat.Maximum}}}");
                break;
            case RegexNode.Group group:
                _text.Append('(');
                Write(group.Body);
                _text.Append(')');
                break;
            case RegexNode.Anchor anchor:
                WriteAnchor(anchor.Kind);
                break;
            case RegexNode.Look look:
                NeedsBacktracking = true;
                _text.Append("(?").Append(look.IsAhead ? "" : "<").Append(look.IsNegative ? '!' : '=');
                Write(look.Body);
                _text.Append(')');
                break;
            case RegexNode.BackReference reference:
                NeedsBacktracking = true;
                _text.Append(CultureInfo.InvariantCulture, $"(?:\\{reference.Number})");
                break;
        }
    }

    void WriteWrapped(RegexNode node, bool wrap)
    {
        if (wrap) _text.Append("(?:");
        Write(node);
        if (wrap) _text.Append(')');
    }

    void WriteAnchor(AnchorKind kind)
    {
        if (kind is AnchorKind.Start or AnchorKind.End)
        {
            _text.Append(kind == AnchorKind.Start ? "\\A" : "\\z");
            return;
        }
        NeedsBacktracking = true;
        var characters = new RegexTranslator(withSurrogates, word).Translate(new RegexNode.Set(word));
        var (before, after, none, notAfter) = ($"(?<={characters})", $"(?={characters})", $"(?<!{characters})", $"(?!{characters})");
        _text.Append(kind switch
        {
            AnchorKind.WordStart => none + after,
            AnchorKind.WordEnd => before + notAfter,
            AnchorKind.WordBoundary => $"(?:{none}{after}|{before}{notAfter})",
            _ => $"(?:{none}{notAfter}|{before}{after})",
        });
    }

    void WriteSet(CharSet set)
    {
        var pairs = withSurrogates ? Pairs(set) : [];
        var plain = set.Intersect(CharSet.Of(0, 0xFFFF));
        if (withSurrogates) plain = plain.Intersect(CharSet.Union(CharSet.Of(0, 0xD7FF), CharSet.Of(0xE000, 0xFFFF)));
        if (pairs.Count == 0)
        {
            WriteClass(plain);
            return;
        }
        _text.Append("(?:");
        WriteClass(plain);
        foreach (var (high, low) in pairs)
        {
            _text.Append('|');
            WriteClass(high);
            WriteClass(low);
        }
        _text.Append(')');
    }

    void WriteClass(CharSet set)
    {
        if (set.Ranges.IsEmpty)
        {
            _text.Append("[^\\s\\S]");
            return;
        }
        _text.Append('[');
        foreach (var (first, last) in set.Ranges) _text.Append(CultureInfo.InvariantCulture, $"\\u{first:X4}-\\u{last:X4}");
        _text.Append(']');
    }

    /// <summary>The set's part beyond the basic plane as products of high and low surrogates.</summary>
    static List<(CharSet High, CharSet Low)> Pairs(CharSet set)
    {
        var pairs = new List<(CharSet, CharSet)>();
        foreach (var range in set.Intersect(CharSet.Of(0x10000, CharSet.Last)).Ranges)
            for (var first = range.First; first <= range.Last;)
            {
                var high = HighOf(first);
                var isWhole = LowOf(first) == 0xDC00 && HighOf(range.Last) > high;
                var lastHigh = isWhole ? LowOf(range.Last) == 0xDFFF ? HighOf(range.Last) : HighOf(range.Last) - 1 : high;
                var last = Math.Min(range.Last, 0x10000 + ((lastHigh - 0xD800) << 10) + 0x3FF);
                pairs.Add((CharSet.Of(high, lastHigh), CharSet.Of(LowOf(first), LowOf(last))));
                first = last + 1;
            }
        return pairs;
    }

    static int HighOf(int point) => 0xD800 + ((point - 0x10000) >> 10);
    static int LowOf(int point) => 0xDC00 + ((point - 0x10000) & 0x3FF);
}
