namespace RelSeed.Expressions;

/// <summary>How much of the text an expression must span.</summary>
enum PatternSpan
{
    /// <summary>All of it: fewer texts than match, but no noise around.</summary>
    Whole,

    /// <summary>A beginning.</summary>
    Beginning,

    /// <summary>Any part, as matching is defined.</summary>
    Anywhere,
}

/// <summary>One expression among those that a text must satisfy, or must not: its automaton, run on sets of states.</summary>
sealed class PatternComponent(Nfa nfa, PatternSpan span, bool isNegated)
{
    static readonly (CharSet? Next, bool MayEnd) Free = (null, true);

    readonly List<(CharSet? Next, bool MayEnd)> _conditions = [Free];
    readonly Dictionary<(int, int), int> _joined = [];

    /// <summary>What has matched whatever follows; a single marker.</summary>
    static readonly (int, int)[] Matched = [(-1, 0)];

    public (int State, int Condition)[] Start() => Close([(nfa.Start, 0)], atStart: true);

    /// <summary>The states after one character.</summary>
    public (int State, int Condition)[] Step((int State, int Condition)[] items, int point)
    {
        if (ReferenceEquals(items, Matched)) return items;
        var next = new List<(int, int)>();
        foreach (var (state, condition) in items)
        {
            if (_conditions[condition].Next is { } allowed && !allowed.Contains(point)) continue;
            if (state == nfa.Accept && span != PatternSpan.Whole) return Matched;
            foreach (var (on, to) in nfa.Moves(state))
                if (on.Contains(point)) next.Add((to, 0));
        }
        if (span == PatternSpan.Anywhere) next.Add((nfa.Start, 0));
        return Close(next, atStart: false);
    }

    /// <summary>The text may end here.</summary>
    public bool Accepts((int State, int Condition)[] items, bool atStart) => (ReferenceEquals(items, Matched) || EndsIn(items, atStart)) != isNegated;

    /// <summary>Nothing that follows can make it right.</summary>
    public bool IsDead((int State, int Condition)[] items) => isNegated ? ReferenceEquals(items, Matched) : items.Length == 0;

    bool EndsIn((int State, int Condition)[] items, bool atStart)
    {
        var open = new Stack<int>(items.Where(i => _conditions[i.Condition].MayEnd).Select(i => i.State));
        var seen = new HashSet<int>(open);
        while (open.TryPop(out var state))
        {
            if (state == nfa.Accept) return true;
            foreach (var edge in nfa.Edges(state))
                if (edge.MayEnd && (!edge.AtStart || atStart) && seen.Add(edge.To)) open.Push(edge.To);
        }
        return false;
    }

    (int, int)[] Close(List<(int State, int Condition)> items, bool atStart)
    {
        var seen = new HashSet<(int, int)>(items);
        var open = new Stack<(int State, int Condition)>(items);
        while (open.TryPop(out var item))
            foreach (var edge in nfa.Edges(item.State))
            {
                if (edge.AtEnd || edge.AtStart && !atStart) continue;
                var next = (edge.To, edge.Next is null ? item.Condition : Join(item.Condition, edge));
                if (seen.Add(next)) open.Push(next);
            }
        var closed = seen.ToArray();
        Array.Sort(closed);
        return closed;
    }

    int Join(int condition, Nfa.Edge edge)
    {
        var key = (condition, edge.To);
        if (_joined.TryGetValue(key, out var known)) return known;
        var (next, mayEnd) = _conditions[condition];
        _conditions.Add((next is null ? edge.Next : next.Intersect(edge.Next!), mayEnd && edge.MayEnd));
        return _joined[key] = _conditions.Count - 1;
    }
}
