namespace RelSeed.Expressions;

/// <summary>An expression that repeats nothing: sets of characters one after the other, perhaps tied to an end of the text. It is compared at each
/// place, where an automaton costs milliseconds to build: a pattern that a column holds is another in each row.</summary>
sealed class SetSequence
{
    readonly CharSet[] _sets;
    readonly bool _atStart;
    readonly bool _atEnd;

    SetSequence(CharSet[] sets, bool atStart, bool atEnd) => (_sets, _atStart, _atEnd) = (sets, atStart, atEnd);

    /// <summary>Null for an expression of another form.</summary>
    public static SetSequence? Of(RegexNode node)
    {
        var parts = new List<RegexNode>();
        if (!Flatten(node, parts)) return null;
        var atStart = parts is [RegexNode.Anchor { Kind: AnchorKind.Start }, ..];
        var atEnd = parts.Count > (atStart ? 1 : 0) && parts[^1] is RegexNode.Anchor { Kind: AnchorKind.End };
        var between = parts[(atStart ? 1 : 0)..(atEnd ? ^1 : ^0)];
        return between.TrueForAll(p => p is RegexNode.Set)
            ? new([.. between.Select(p => ((RegexNode.Set)p).Characters)], atStart, atEnd)
            : null;
    }

    static bool Flatten(RegexNode node, List<RegexNode> parts)
    {
        if (node is RegexNode.Concat concat) return concat.Parts.All(p => Flatten(p, parts));
        parts.Add(node);
        return node is RegexNode.Set or RegexNode.Anchor;
    }

    /// <param name="text">Of ASCII, where each character is a code point.</param>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        var last = text.Length - _sets.Length;
        if (last < 0 || (_atStart && _atEnd && last > 0)) return false;
        if (_atStart) return MatchesAt(text);
        if (_atEnd) return MatchesAt(text[last..]);
        for (var i = 0; i <= last; i++)
            if (MatchesAt(text[i..])) return true;
        return false;
    }

    bool MatchesAt(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < _sets.Length; i++)
            if (!_sets[i].Contains(text[i])) return false;
        return true;
    }
}
