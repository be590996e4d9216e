using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Walks through the statements and blocks of a trigger's body once, from the first token to the last.</summary>
sealed class StatementWalk(List<Token> tokens, Dialect dialect, List<Token> condition)
{
    readonly Stack<Block> _blocks = new();
    readonly List<TriggerInsert> _inserts = [];
    readonly DemandReader _demands = new(dialect);
    readonly List<TriggerCopy> _copies = [];
    readonly List<string> _assigned = [];
    readonly List<TriggerLookup> _lookups = [];
    readonly List<TriggerDelete> _deletes = [];
    readonly List<TriggerSweep> _sweeps = [];
    readonly HashSet<string> _mentions = new(StringComparer.Ordinal);
    readonly GuardFact _condition = GuardReader.Read(condition, dialect);
    readonly List<TriggerGuard> _left = [];
    bool _mayHaveLeft;
    bool _hasLeft;
    int _at;

    sealed record Block(bool IsBranch, GuardFact Fact)
    {
        /// <summary>Every branch before had a condition that can be told apart.</summary>
        public GuardFact Fact { get; set; } = Fact;

        /// <summary>What its IF asks; null where some rows may have left before, or there are more branches.</summary>
        public List<Token>? Asked { get; set; }

        /// <summary>Whoever enters it goes no further.</summary>
        public bool Leaves { get; set; }
    }

    public TriggerBody Run()
    {
        while (_at < tokens.Count && !_hasLeft) Step();
        return new(_inserts.ToEquatableArray(), _demands.Found.Distinct().ToEquatableArray(), _copies.Distinct().ToEquatableArray(),
            _assigned.Distinct().ToEquatableArray(), _mentions.Order(StringComparer.Ordinal).ToEquatableArray())
        {
            Lookups = _lookups.Distinct().ToEquatableArray(),
            Deletes = _deletes.Distinct().ToEquatableArray(),
            Bars = _demands.Barred.Distinct().ToEquatableArray(),
            Sweeps = _sweeps.Distinct().ToEquatableArray(),
        };
    }

    void Step()
    {
        var token = tokens[_at];
        if (token.Kind != TokenKind.Word) Statement();
        else if (token.IsWord("DECLARE")) SkipPast("BEGIN", () => _blocks.Push(new(false, GuardFact.Always)));
        else if (token.IsWord("BEGIN")) Open(new(false, GuardFact.Always));
        else if (token.IsWord("IF")) Branch(opens: true);
        else if (token.IsWord("ELSIF") || token.IsWord("ELSEIF")) Branch(opens: false);
        else if (token.IsWord("ELSE")) Else();
        else if (token.IsWord("LOOP")) Open(new(true, GuardFact.Unknown));
        else if (token.IsWord("FOR") || token.IsWord("FOREACH") || token.IsWord("WHILE")) Loop();
        else if (token.IsWord("CASE")) SkipPast("THEN", () => _blocks.Push(new(true, GuardFact.Unknown)));
        else if (token.IsWord("WHEN")) SkipPast("THEN", () => { });
        else if (token.IsWord("EXCEPTION")) Handlers();
        else if (token.IsWord("END")) Close();
        else Statement();
    }

    void Open(Block block)
    {
        _blocks.Push(block);
        _at++;
    }

    void SkipPast(string word, Action then)
    {
        while (_at < tokens.Count && !tokens[_at].IsWord(word)) _at++;
        _at++;
        then();
    }

    void Loop()
    {
        var start = _at;
        SkipPast("LOOP", () => _blocks.Push(new(true, GuardFact.Unknown)));
        if (LookupReader.Sweep(tokens[start..Math.Min(Math.Max(start, _at - 1), tokens.Count)], dialect) is { } swept) _sweeps.Add(swept);
    }

    void Branch(bool opens)
    {
        var start = _at + 1;
        var before = opens || _blocks.Count == 0 ? GuardFact.Never : _blocks.Pop().Fact;
        SkipPast("THEN", () => { });
        var asked = tokens[Math.Min(start, tokens.Count)..Math.Min(Math.Max(start, _at - 1), tokens.Count)];
        if (opens && IsRaising && IsReachedByAll(Reach())) _demands.Raise(asked);
        var (fact, isAsked) = (GuardReader.Read(asked, dialect), opens && HasNoneLeft);
        // A later branch is reached only where the ones before did not hold.
        _blocks.Push(new(true, before switch
        {
            { IsKnown: true, IsNever: true } => fact,
            { IsAlways: true } => GuardFact.Never,
            { Guard: { } guard } when fact.Guard is { } other && AreApart(guard, other) => fact,
            _ => GuardFact.Unknown,
        })
        { Asked = isAsked ? asked : null });
    }

    // What stands next refuses the rows that come there.
    bool IsRaising => _at < tokens.Count && tokens[_at].IsWord("RAISE") && !IsNotice(tokens[_at..Math.Min(_at + 2, tokens.Count)]);

    static bool AreApart(TriggerGuard left, TriggerGuard right) => left.Column == right.Column && left.Literal != right.Literal;

    void Else()
    {
        _at++;
        if (!_blocks.TryPop(out var block)) return;
        // What is around the block is asked of, not the block itself.
        if (block.Asked is { } asked && IsRaising && Reach().IsAlways) _demands.Want(asked);
        _blocks.Push(new(block.IsBranch, block.Fact.Opposite));
    }

    void Handlers()
    {
        _at++;
        if (_blocks.TryPeek(out var block)) block.Fact = GuardFact.Unknown;
    }

    void Close()
    {
        var block = _blocks.Count > 0 ? _blocks.Pop() : null;
        while (_at < tokens.Count && !tokens[_at].Is(";")) _at++;
        _at++;
        if (block is { Asked: { } asked, Leaves: true } && IsRaising && Reach().IsAlways) _demands.Want(asked);
    }

    void Statement()
    {
        var start = _at;
        while (_at < tokens.Count && !tokens[_at].Is(";")) _at++;
        var statement = tokens[start.._at];
        _at++;
        var fact = Reach();
        if (statement.Count == 0 || fact is { IsKnown: true, IsNever: true }) return;
        Mention(statement);
        _lookups.AddRange(LookupReader.Read(statement, dialect));
        if (LookupReader.Delete(statement, dialect) is { } deleted) _deletes.Add(deleted);
        if (RaisedConditions(statement) is { } refused)
        {
            if (IsReachedByAll(fact)) refused.ForEach(_demands.Raise);
        }
        else if (statement[0].IsWord("RETURN")) Leave(fact);
        else if (statement[0].IsWord("RAISE") && !IsNotice(statement)) Leave(fact);
        else if (statement.Exists(t => t.IsWord("INSERT"))) _inserts.AddRange(InsertReader.Read(statement, dialect).Select(i => Guarded(i, fact)));
        else Assign(statement, fact);
    }

    // SQLite: SELECT CASE WHEN … THEN RAISE(ABORT, …) END, SELECT RAISE(ABORT, …) WHERE …
    List<List<Token>>? RaisedConditions(List<Token> statement)
    {
        if (dialect != Dialect.Sqlite || statement.Count < 4 || !statement[0].IsWord("SELECT")) return null;
        var raise = TableQueryReader.Find(statement, 0, t => t.IsWord("RAISE"));
        if (raise < 0 || raise + 2 >= statement.Count || statement[raise + 2].IsWord("IGNORE")) return null;
        if (statement[1].IsWord("CASE") && statement[2].IsWord("WHEN") && raise > 4 && statement[raise - 1].IsWord("THEN"))
            return RaisedArms(statement, raise);
        var where = TableQueryReader.Find(statement, raise, t => t.IsWord("WHERE"));
        return raise == 1 && where > 0 ? [statement[(where + 1)..]] : null;
    }

    // WHEN … THEN RAISE(…) WHEN … THEN RAISE(…): an arm is asked where none before it raises.
    static List<List<Token>> RaisedArms(List<Token> statement, int raise)
    {
        var (arms, start) = (new List<List<Token>>(), 3);
        while (raise > start && statement[raise - 1].IsWord("THEN"))
        {
            arms.Add(statement[start..(raise - 1)]);
            var end = TableQueryReader.Find(statement, raise + 1, t => t.Is(")"));
            if (end < 0 || end + 1 >= statement.Count || !statement[end + 1].IsWord("WHEN")) break;
            start = end + 2;
            raise = TableQueryReader.Find(statement, start, t => t.IsWord("RAISE"));
        }
        return arms;
    }

    static bool IsNotice(List<Token> statement) => statement.Count > 1
        && new[] { "NOTICE", "WARNING", "INFO", "LOG", "DEBUG" }.Any(statement[1].IsWord);

    void Leave(GuardFact fact)
    {
        if (_blocks.TryPeek(out var block)) block.Leaves = true;
        if (fact.IsAlways) _hasLeft = true;
        else if (fact.Guard is { } guard) _left.Add(guard);
        else _mayHaveLeft = true;
    }

    // When the statement is reached: the trigger's own condition and all blocks around it.
    GuardFact Reach()
    {
        var facts = _blocks.Select(b => b.Fact).Append(_condition).ToList();
        if (facts.Exists(f => f is { IsKnown: true, IsNever: true })) return GuardFact.Never;
        if (facts.Exists(f => !f.IsKnown)) return GuardFact.Unknown;
        var guards = facts.Select(f => f.Guard).OfType<TriggerGuard>().Distinct().ToList();
        return guards.Count switch { 0 => GuardFact.Always, 1 => new(true, false, guards[0]), _ => GuardFact.Unknown };
    }

    TriggerInsert Guarded(TriggerInsert insert, GuardFact fact) => insert with
    {
        Guard = fact.Guard,
        IsCertain = insert.IsCertain && fact.IsKnown && !_mayHaveLeft && _left.TrueForAll(l => fact.Guard is { } guard && AreApart(l, guard)),
    };

    void Assign(List<Token> statement, GuardFact fact)
    {
        _demands.Statement(statement, IsReachedByAll(fact));
        var columns = AssignmentReader.Read(statement, dialect);
        _assigned.AddRange(columns);
        if (columns is [var column] && statement[0].IsWord("NEW") && OperandReader.Read(statement[4..], dialect).Column is { } source
            && source != column)
            _copies.Add(new(column, source));
    }

    bool IsReachedByAll(GuardFact fact) => fact.IsAlways && HasNoneLeft;

    bool HasNoneLeft => !_mayHaveLeft && _left.Count == 0;

    void Mention(List<Token> statement)
    {
        for (var i = 0; i + 1 < statement.Count; i++)
        {
            if (!statement[i].IsWord("FROM") && !statement[i].IsWord("JOIN") && !statement[i].IsWord("INTO") && !statement[i].IsWord("UPDATE"))
                continue;
            var name = i + 3 < statement.Count && statement[i + 2].Is(".") ? statement[i + 3] : statement[i + 1];
            if (OperandReader.NameOf(name, dialect) is { } table && !statement[i + 1].IsWord("NEW")) _mentions.Add(table);
        }
    }
}
