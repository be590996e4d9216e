namespace RelSeed.Expressions;

/// <summary>Builds the automaton of a set of patterns, as tight as it can be.</summary>
static class PatternSamplerBuilder
{
    /// <param name="IsAnchored">It spans the whole text by its own anchors.</param>
    sealed record Term(Condition.Pattern Pattern, RegexNode Node, Nfa? Nfa, bool IsAnchored);

    public static PatternSampler? TryBuild(IReadOnlyCollection<Condition.Pattern> patterns, int minimumLength, int maximumLength, out string reason)
    {
        var terms = new List<Term>();
        reason = "";
        foreach (var pattern in patterns)
        {
            if (Parse(pattern, out reason) is not { } node) return null;
            terms.Add(new(pattern, node, Nfa.TryBuild(node), IsAnchored(node)));
        }
        if (terms.Exists(t => t is { Nfa: null, Pattern.Negated: false }))
        {
            reason = "a pattern is too large, or refers back";
            return null;
        }
        var usable = terms.Where(t => t.Nfa is { } nfa && !(t.Pattern.Negated && nfa.IsLoose)).ToList();
        var check = usable.Count < terms.Count || usable.Exists(t => t.Nfa!.IsLoose) ? Checker(patterns) : null;
        foreach (var spans in Attempts(usable))
        {
            if (Dfa(usable, spans) is not { } dfa)
            {
                reason = "the patterns together are too large";
                continue;
            }
            if (PatternSampler.TryCreate(dfa, minimumLength, maximumLength, check) is { } sampler)
            {
                reason = "";
                return sampler;
            }
            reason = $"nothing of {minimumLength} to {maximumLength} characters satisfies the patterns";
        }
        return null;
    }

    static RegexNode? Parse(Condition.Pattern pattern, out string reason)
    {
        reason = "";
        switch (pattern.Kind)
        {
            case LikeKind.Like or LikeKind.ILike:
                return SimilarPattern.FromLike(pattern.Text, pattern.Escape, pattern.IgnoreCase || pattern.Kind == LikeKind.ILike);
            case LikeKind.Glob:
                if (SimilarPattern.FromGlob(pattern.Text) is { } glob) return glob;
                reason = "a GLOB bracket does not end";
                return null;
            default:
                var text = pattern.Kind == LikeKind.Similar ? SimilarPattern.ToRegex(pattern.Text, pattern.Escape) : pattern.Text;
                return RegexParser.TryParse(text, pattern.IgnoreCase || pattern.Kind == LikeKind.RegexIgnoreCase, unicode: false, out _, out reason);
        }
    }

    static bool IsAnchored(RegexNode node) => Begins(node, AnchorKind.Start, last: false) && Begins(node, AnchorKind.End, last: true);

    static bool Begins(RegexNode node, AnchorKind kind, bool last) => node switch
    {
        RegexNode.Anchor anchor => anchor.Kind == kind,
        RegexNode.Concat { Parts.Length: > 0 } concat => Begins(last ? concat.Parts[^1] : concat.Parts[0], kind, last),
        RegexNode.Group group => Begins(group.Body, kind, last),
        RegexNode.Alternate alternate => alternate.Branches.All(b => Begins(b, kind, last)),
        _ => false,
    };

    /// <summary>Without noise around a pattern first; then with noise behind; then as matching is defined.</summary>
    static IEnumerable<PatternSpan[]> Attempts(List<Term> terms)
    {
        var free = terms.FindIndex(t => !t.Pattern.Negated && !t.IsAnchored);
        var isAlone = free >= 0 && !terms.Exists(t => !t.Pattern.Negated && t.IsAnchored);
        foreach (var span in new[] { PatternSpan.Whole, PatternSpan.Beginning, PatternSpan.Anywhere })
        {
            if (span != PatternSpan.Anywhere && !isAlone) continue;
            yield return [.. terms.Select((t, i) => t.Pattern.Negated ? PatternSpan.Anywhere : t.IsAnchored ? PatternSpan.Whole : i == free ? span
                : PatternSpan.Anywhere)];
        }
    }

    static PatternDfa? Dfa(List<Term> terms, PatternSpan[] spans)
    {
        if (Alphabet.TryCreate(terms.SelectMany(t => t.Nfa!.Sets)) is not { } alphabet) return null;
        return PatternDfa.TryBuild([.. terms.Select((t, i) => new PatternComponent(t.Nfa!, spans[i], t.Pattern.Negated))], alphabet);
    }

    static Func<string, bool> Checker(IReadOnlyCollection<Condition.Pattern> patterns)
    {
        var checks = patterns.Where(p => p.Kind is LikeKind.Regex or LikeKind.RegexIgnoreCase)
            .Select(p => (Matcher: RegexMatcher.Create(p.Text, p.IgnoreCase || p.Kind == LikeKind.RegexIgnoreCase), p.Negated)).ToArray();
        return text => checks.All(c => c.Negated ? c.Matcher.IsMatch(text).IsFalse : c.Matcher.IsMatch(text).IsTrue);
    }
}
