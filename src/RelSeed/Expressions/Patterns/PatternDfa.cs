using System.Text;

namespace RelSeed.Expressions;

/// <summary>The deterministic automaton of several expressions at once: it accepts what satisfies them all.</summary>
sealed class PatternDfa
{
    const int MostStates = 2_500;

    readonly List<int[]> _next = [];
    readonly List<bool> _accepts = [];

    PatternDfa(Alphabet alphabet) => Alphabet = alphabet;

    public Alphabet Alphabet { get; }
    public int Count => _next.Count;

    /// <summary>The state after a class of characters; -1 for none. The first state is 0.</summary>
    public int Next(int state, int characterClass) => _next[state][characterClass];
    public bool Accepts(int state) => _accepts[state];

    /// <summary>Null when it has too many states.</summary>
    public static PatternDfa? TryBuild(IReadOnlyList<PatternComponent> components, Alphabet alphabet)
    {
        var dfa = new PatternDfa(alphabet);
        var known = new Dictionary<string, int>();
        var pending = new Queue<(int, int)[][]>();
        dfa.Add(components, [.. components.Select(c => c.Start())], known, pending, isStart: true);
        for (var state = 0; pending.TryDequeue(out var items); state++)
            for (var c = 0; c < alphabet.Count; c++)
            {
                var point = alphabet.Representatives[c];
                var next = components.Select((component, i) => component.Step(items[i], point)).ToArray();
                dfa._next[state][c] = components.Where((component, i) => component.IsDead(next[i])).Any() ? -1
                    : dfa.Add(components, next, known, pending, isStart: false);
                if (dfa.Count > MostStates) return null;
            }
        return dfa;
    }

    int Add(IReadOnlyList<PatternComponent> components, (int, int)[][] items, Dictionary<string, int> known, Queue<(int, int)[][]> pending,
        bool isStart)
    {
        var key = Key(items, isStart);
        if (known.TryGetValue(key, out var state)) return state;
        known.Add(key, state = Count);
        _next.Add(new int[Alphabet.Count]);
        _accepts.Add(components.Select((c, i) => c.Accepts(items[i], isStart)).All(a => a));
        pending.Enqueue(items);
        return state;
    }

    static string Key((int State, int Condition)[][] items, bool isStart)
    {
        var key = new StringBuilder(isStart ? "^" : "");
        foreach (var component in items)
        {
            foreach (var (state, condition) in component) key.Append((char)(state + 1)).Append((char)condition);
            key.Append('\uFFFF');
        }
        return key.ToString();
    }
}
