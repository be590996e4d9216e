namespace RelSeed.Expressions;

/// <summary>A regular expression as a nondeterministic automaton over code points (Thompson's construction).</summary>
sealed class Nfa
{
    const int MostStates = 6_000;

    readonly List<List<(CharSet On, int To)>> _moves = [];
    readonly List<List<Edge>> _edges = [];

    /// <summary>A step without a character, under a condition.</summary>
    /// <param name="Next">The next character must be one of these; null for no condition.</param>
    /// <param name="MayEnd">The text may end here.</param>
    internal readonly record struct Edge(int To, bool AtStart, bool AtEnd, CharSet? Next, bool MayEnd);

    Nfa()
    {
    }

    public int Start { get; private set; }
    public int Accept { get; private set; }

    /// <summary>Something was left out (word anchors, longer look-around): what it accepts must still be tried.</summary>
    public bool IsLoose { get; private set; }

    public IReadOnlyList<(CharSet On, int To)> Moves(int state) => _moves[state];
    public IReadOnlyList<Edge> Edges(int state) => _edges[state];

    /// <summary>All sets that its steps tell apart.</summary>
    public IEnumerable<CharSet> Sets =>
        _moves.SelectMany(m => m.Select(t => t.On)).Concat(_edges.SelectMany(e => e).Where(e => e.Next is not null).Select(e => e.Next!));

    /// <summary>Null when it would be too large, or refers back.</summary>
    public static Nfa? TryBuild(RegexNode node)
    {
        var nfa = new Nfa();
        nfa.Start = nfa.State();
        return nfa.Add(node, nfa.Start) is { } end ? nfa.Finish(end) : null;
    }

    Nfa Finish(int accept)
    {
        Accept = accept;
        return this;
    }

    int State()
    {
        _moves.Add([]);
        _edges.Add([]);
        return _moves.Count - 1;
    }

    void Link(int from, int to) => _edges[from].Add(new(to, AtStart: false, AtEnd: false, null, MayEnd: true));

    /// <summary>The state after the node, begun at <paramref name="from"/>; null when it does not fit.</summary>
    int? Add(RegexNode node, int from)
    {
        if (_moves.Count > MostStates) return null;
        switch (node)
        {
            case RegexNode.Set set:
                var next = State();
                _moves[from].Add((set.Characters, next));
                return next;
            case RegexNode.Concat concat:
                return AddAll(concat.Parts, from);
            case RegexNode.Group group:
                return Add(group.Body, from);
            case RegexNode.Alternate alternate:
                return AddBranches(alternate, from);
            case RegexNode.Repeat repeat:
                return AddRepeat(repeat, from);
            case RegexNode.Anchor anchor:
                return AddAnchor(anchor.Kind, from);
            case RegexNode.Look look:
                return AddLook(look, from);
            default:
                return null;
        }
    }

    int? AddAll(IEnumerable<RegexNode> parts, int from)
    {
        foreach (var part in parts)
        {
            if (Add(part, from) is not { } next) return null;
            from = next;
        }
        return from;
    }

    int? AddBranches(RegexNode.Alternate alternate, int from)
    {
        var end = State();
        foreach (var branch in alternate.Branches)
        {
            var start = State();
            Link(from, start);
            if (Add(branch, start) is not { } last) return null;
            Link(last, end);
        }
        return end;
    }

    int? AddRepeat(RegexNode.Repeat repeat, int from)
    {
        for (var i = 0; i < repeat.Minimum; i++)
        {
            if (Add(repeat.Body, from) is not { } next) return null;
            from = next;
        }
        return repeat.Maximum is { } maximum ? AddOptional(repeat.Body, maximum - repeat.Minimum, from) : AddLoop(repeat.Body, from);
    }

    int? AddOptional(RegexNode body, int times, int from)
    {
        var end = State();
        for (var i = 0; i < times; i++)
        {
            Link(from, end);
            if (Add(body, from) is not { } next) return null;
            from = next;
        }
        Link(from, end);
        return end;
    }

    int? AddLoop(RegexNode body, int from)
    {
        var (loop, end) = (State(), State());
        Link(from, loop);
        Link(loop, end);
        if (Add(body, loop) is not { } last) return null;
        Link(last, loop);
        return end;
    }

    int AddAnchor(AnchorKind kind, int from)
    {
        if (kind is not (AnchorKind.Start or AnchorKind.End))
        {
            IsLoose = true;
            return from;
        }
        var next = State();
        _edges[from].Add(new(next, kind == AnchorKind.Start, kind == AnchorKind.End, null, MayEnd: true));
        return next;
    }

    /// <summary>A look ahead at one character is a condition on the next step.</summary>
    int AddLook(RegexNode.Look look, int from)
    {
        if (!look.IsAhead || SingleSet(look.Body) is not { } set)
        {
            IsLoose = true;
            return from;
        }
        var next = State();
        _edges[from].Add(new(next, AtStart: false, AtEnd: false, look.IsNegative ? set.Negate() : set, look.IsNegative));
        return next;
    }

    static CharSet? SingleSet(RegexNode node) => node switch
    {
        RegexNode.Set set => set.Characters,
        RegexNode.Group group => SingleSet(group.Body),
        RegexNode.Concat { Parts: [var only] } => SingleSet(only),
        RegexNode.Alternate alternate when alternate.Branches.All(b => SingleSet(b) is not null) =>
            CharSet.Union([.. alternate.Branches.Select(b => SingleSet(b)!)]),
        _ => null,
    };
}
