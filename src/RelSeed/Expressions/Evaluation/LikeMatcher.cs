namespace RelSeed.Expressions;

/// <summary>LIKE by two cursors, going back to the last % alone: time is at most the product of the lengths.</summary>
static class LikeMatcher
{
    /// <param name="escape">Makes the next character plain; '\0' for none.</param>
    public static bool IsMatch(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern, char escape, bool ignoreAsciiCase)
    {
        int t = 0, p = 0, resumeText = 0, resumePattern = -1;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '%' && escape != '%')
            {
                (resumePattern, resumeText) = (++p, t);
                continue;
            }
            if (p < pattern.Length && Matches(text, ref t, pattern, ref p, escape, ignoreAsciiCase)) continue;
            if (resumePattern < 0) return false;
            resumeText += Width(text, resumeText);
            (t, p) = (resumeText, resumePattern);
        }
        while (p < pattern.Length && pattern[p] == '%' && escape != '%') p++;
        return p == pattern.Length;
    }

    public static bool HasOpenEscape(string pattern, char escape)
    {
        for (var i = 0; i < pattern.Length; i++)
            if (escape != '\0' && pattern[i] == escape && ++i == pattern.Length) return true;
        return false;
    }

    static bool Matches(ReadOnlySpan<char> text, ref int t, ReadOnlySpan<char> pattern, ref int p, char escape, bool ignoreCase)
    {
        var expected = pattern[p];
        if (expected == '_' && escape != '_')
        {
            t += Width(text, t);
            p++;
            return true;
        }
        var width = 1;
        if (escape != '\0' && expected == escape)
        {
            if (p + 1 == pattern.Length) return false;
            expected = pattern[p + 1];
            width = 2;
        }
        if (text[t] != expected && !(ignoreCase && Lower(text[t]) == Lower(expected))) return false;
        t++;
        p += width;
        return true;
    }

    static char Lower(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;

    static int Width(ReadOnlySpan<char> text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
}

/// <summary>SQLite's GLOB: *, ?, [a-z], [^a-z]; case matters, nothing escapes.</summary>
static class GlobMatcher
{
    public static bool IsMatch(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        int t = 0, p = 0, resumeText = 0, resumePattern = -1;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (resumePattern, resumeText) = (++p, t);
                continue;
            }
            if (p < pattern.Length && MatchesOne(text[t], pattern, ref p))
            {
                t++;
                continue;
            }
            if (resumePattern < 0) return false;
            (t, p) = (++resumeText, resumePattern);
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    static bool MatchesOne(char c, ReadOnlySpan<char> pattern, ref int p)
    {
        if (pattern[p] == '[') return MatchesSet(c, pattern, ref p);
        if (pattern[p] != '?' && pattern[p] != c) return false;
        p++;
        return true;
    }

    /// <summary>A ] right after the bracket, or after ^, is a member; a set that does not end matches nothing.</summary>
    static bool MatchesSet(char c, ReadOnlySpan<char> pattern, ref int p)
    {
        var i = p + 1;
        var negated = i < pattern.Length && pattern[i] == '^';
        if (negated) i++;
        var found = false;
        for (var first = true; ; first = false)
        {
            if (i >= pattern.Length) return false;
            if (pattern[i] == ']' && !first) break;
            var low = pattern[i++];
            var high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']') (high, i) = (pattern[i + 1], i + 2);
            found |= c >= low && c <= high;
        }
        if (found == negated) return false;
        p = i + 1;
        return true;
    }
}
