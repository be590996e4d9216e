using System.Text;

namespace RelSeed.Expressions;

/// <summary>SIMILAR TO patterns and LIKE masks as other forms of pattern.</summary>
static class SimilarPattern
{
    /// <summary>The regular expression that PostgreSQL makes of a SIMILAR TO pattern; it spans the whole text.</summary>
    /// <param name="escape">'\0' for none.</param>
    public static string ToRegex(string pattern, char escape)
    {
        var text = new StringBuilder("^(?:");
        var inBracket = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (escape != '\0' && c == escape && i + 1 < pattern.Length)
            {
                c = pattern[++i];
                if (!char.IsLetterOrDigit(c)) text.Append('\\');
                text.Append(c);
            }
            else if (inBracket)
            {
                text.Append(c == '\\' ? "\\\\" : c.ToString());
                inBracket = c != ']';
            }
            else text.Append(Outside(c, ref inBracket));
        }
        return text.Append(")$").ToString();
    }

    static string Outside(char c, ref bool inBracket)
    {
        inBracket = c == '[';
        return c switch
        {
            '%' => ".*",
            '_' => ".",
            '(' => "(?:",
            '\\' or '.' or '^' or '$' => $"\\{c}",
            _ => c.ToString(),
        };
    }

    /// <summary>A LIKE mask as a tree that spans the whole text.</summary>
    /// <param name="escape">'\0' for none.</param>
    public static RegexNode FromLike(string mask, char escape, bool ignoreCase)
    {
        var parts = new List<RegexNode> { new RegexNode.Anchor(AnchorKind.Start) };
        var runes = mask.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var point = runes[i].Value;
            var isEscape = escape != '\0' && point == escape && i + 1 < runes.Length;
            if (isEscape) point = runes[++i].Value;
            parts.Add(isEscape || point is not ('%' or '_') ? Point(point, ignoreCase)
                : point == '_' ? new RegexNode.Set(CharSet.Any)
                : new RegexNode.Repeat(new RegexNode.Set(CharSet.Any), 0, null, IsLazy: false));
        }
        parts.Add(new RegexNode.Anchor(AnchorKind.End));
        return new RegexNode.Concat([.. parts]);
    }

    static RegexNode.Set Point(int point, bool ignoreCase) => new(ignoreCase ? CharSet.Of(point).FoldCase(unicode: false) : CharSet.Of(point));

    /// <summary>A GLOB mask as a tree that spans the whole text; null when a bracket does not end.</summary>
    public static RegexNode? FromGlob(string mask)
    {
        var parts = new List<RegexNode> { new RegexNode.Anchor(AnchorKind.Start) };
        for (var i = 0; i < mask.Length; i++)
        {
            switch (mask[i])
            {
                case '*':
                    parts.Add(new RegexNode.Repeat(new RegexNode.Set(CharSet.Any), 0, null, IsLazy: false));
                    break;
                case '?':
                    parts.Add(new RegexNode.Set(CharSet.Any));
                    break;
                case '[':
                    if (GlobSet(mask, ref i) is not { } set) return null;
                    parts.Add(new RegexNode.Set(set));
                    break;
                default:
                    var width = char.IsHighSurrogate(mask[i]) && i + 1 < mask.Length ? 2 : 1;
                    parts.Add(RegexNode.Text(mask.Substring(i, width)));
                    i += width - 1;
                    break;
            }
        }
        parts.Add(new RegexNode.Anchor(AnchorKind.End));
        return new RegexNode.Concat([.. parts]);
    }

    static CharSet? GlobSet(string mask, ref int i)
    {
        var members = new List<CharSet>();
        var isNegated = ++i < mask.Length && mask[i] == '^';
        if (isNegated) i++;
        for (var isFirst = true; isFirst || i < mask.Length && mask[i] != ']'; isFirst = false)
        {
            if (i >= mask.Length) return null;
            var (first, last) = (mask[i], mask[i]);
            if (i + 2 < mask.Length && mask[i + 1] == '-' && mask[i + 2] != ']') (last, i) = (mask[i + 2], i + 2);
            if (last >= first) members.Add(CharSet.Of(first, last));
            i++;
        }
        if (i >= mask.Length) return null;
        var set = CharSet.Union([.. members]);
        return isNegated ? set.Negate() : set;
    }
}
