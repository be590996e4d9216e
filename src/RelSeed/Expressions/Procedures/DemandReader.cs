using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Reads which rows of other tables a trigger wants: it fails, or leaves a column null, where they are missing.</summary>
/// <remarks>Told of statements in their order.</remarks>
sealed class DemandReader(Dialect dialect)
{
    // Without rows they give a value all the same.
    static readonly string[] Totals = ["COUNT", "COALESCE", "EXISTS"];

    static readonly string[] Aggregates =
        [.. Totals, "SUM", "MIN", "MAX", "AVG", "ARRAY_AGG", "STRING_AGG", "BOOL_OR", "BOOL_AND", "JSON_AGG", "JSONB_AGG"];

    readonly Dictionary<string, TableQuery> _variables = new(StringComparer.Ordinal);
    readonly Dictionary<string, TableQuery> _counts = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _marks = new(StringComparer.Ordinal);
    TableQuery? _last;

    public List<TriggerDemand> Found { get; } = [];

    /// <summary>Rows that must not be there.</summary>
    public List<TriggerBar> Barred { get; } = [];

    /// <param name="isReached">By every new row.</param>
    public void Statement(List<Token> statement, bool isReached)
    {
        if (statement[0].IsWord("SELECT") || statement[0].IsWord("PERFORM")) Query(statement, isReached);
        else if (Target(statement) is { } set && isReached) Assign(set.Column, set.Value);
        else if (statement is [var variable, var sign, ..] && (sign.Is(":=") || sign.Is("=")))
            Remember(OperandReader.NameOf(variable, dialect), null, isTotal: false);
    }

    void Query(List<Token> statement, bool isReached)
    {
        var query = TableQueryReader.Read(statement, dialect);
        var isTotal = Has(statement, Totals);
        // An aggregate finds a row always.
        _last = Has(statement, Aggregates) ? null : query;
        var into = TableQueryReader.Find(statement, 0, t => t.IsWord("INTO"));
        if (into < 0 || into + 1 >= statement.Count) return;
        var isStrict = statement[into + 1].IsWord("STRICT");
        if (isStrict && isReached) Add(null, _last);
        var at = isStrict ? into + 2 : into + 1;
        if (at < statement.Count && !statement[at].IsWord("NEW"))
        {
            var variable = OperandReader.NameOf(statement[at], dialect);
            Remember(variable, isReached ? query : null, isTotal);
            // SELECT 1 INTO found
            if (variable is not null && into == 2 && IsConstant(statement[1])) _marks[variable] = statement[1].Text;
        }
        else if (at + 2 < statement.Count && isReached && !isTotal) Add(OperandReader.NameOf(statement[at + 2], dialect), query);
    }

    static bool Has(List<Token> statement, string[] functions) => statement.Exists(t => functions.Any(t.IsWord));

    void Remember(string? variable, TableQuery? query, bool isTotal)
    {
        if (variable is null) return;
        _variables.Remove(variable);
        _counts.Remove(variable);
        _marks.Remove(variable);
        if (query is not null) (isTotal ? _counts : _variables)[variable] = query;
    }

    (string Column, List<Token> Value)? Target(List<Token> statement) =>
        statement.Count > 4 && statement[0].IsWord("NEW") && statement[1].Is(".") && (statement[3].Is(":=") || statement[3].Is("="))
            && OperandReader.NameOf(statement[2], dialect) is { } column
            ? (column, statement[4..]) : null;

    void Assign(string column, List<Token> value)
    {
        if (value is [var word] && OperandReader.NameOf(word, dialect) is { } variable && _variables.TryGetValue(variable, out var query))
            Add(column, query);
        else if (value.Count > 2 && !Has(value, Totals) && value[0].Is("(") && value[^1].Is(")") && value[1].IsWord("SELECT"))
            Add(column, TableQueryReader.Read(value[1..^1], dialect));
    }

    /// <summary>A branch that every row reaches, and that raises where its condition holds.</summary>
    public void Raise(List<Token> condition)
    {
        while (IsWrapped(condition)) condition = condition[1..^1];
        if (WithoutGuard(condition) is { } rest)
        {
            var before = Found.Count;
            Raise(rest);
            for (var i = before; i < Found.Count; i++) Found[i] = Found[i] with { IsOptional = true };
        }
        else if (condition is [var not, var found] && not.IsWord("NOT") && found.IsWord("FOUND")) Add(null, _last);
        else if (condition is [var read, var @is, var @null] && @is.IsWord("IS") && @null.IsWord("NULL")) AddOf(_variables, read);
        else if (QueryThatIsNull(condition) is { } query) Add(null, Has(query, Aggregates) ? null : TableQueryReader.Read(query, dialect));
        else if (condition is [var count, var sign, { Kind: TokenKind.Number } least]
            && (sign.Is("=") && least.Text == "0" || sign.Is("<") && least.Text == "1"))
            AddOf(_counts, count);
        else if (condition is [var no, var exists, ..] && no.IsWord("NOT") && exists.IsWord("EXISTS") && Inner(condition, 2) is { } asked)
            Add(null, TableQueryReader.Read(asked, dialect));
        else if (condition.FindIndex(t => t.IsWord("NOT")) is var at and > 0 && at + 1 < condition.Count && condition[at + 1].IsWord("IN")
            && Inner(condition, at + 2) is { } list)
            Listed(condition[..at], list);
        else Bar(BarredBy(condition));
    }

    // FOUND, EXISTS (SELECT …), count > 0
    TableQuery? BarredBy(List<Token> condition) => condition switch
    {
        [var found] when found.IsWord("FOUND") => _last,
        [var exists, ..] when exists.IsWord("EXISTS") && Inner(condition, 1) is { } asked => TableQueryReader.Read(asked, dialect),
        [var count, var sign, { Kind: TokenKind.Number } most] when (sign.Is(">") || sign.Is("<>") || sign.Is("!=")) && most.Text == "0"
            || sign.Is(">=") && most.Text == "1" => OperandReader.NameOf(count, dialect) is { } name ? _counts.GetValueOrDefault(name) : null,
        _ => null,
    };

    void Bar(TableQuery? query)
    {
        if (query is { Keys: var keys } && keys.Any(k => k.Value.Column is not null)) Barred.Add(new(query.Schema, query.Table, keys));
    }

    static bool IsConstant(Token token) =>
        token.Kind is TokenKind.Number or TokenKind.String || token.IsWord("TRUE");

    /// <summary>A condition that every row is asked, and that is refused where it does not hold.</summary>
    public void Want(List<Token> condition)
    {
        while (IsWrapped(condition)) condition = condition[1..^1];
        if (TableQueryReader.Find(condition, 0, t => t.IsWord("OR")) >= 0) return;
        if (TableQueryReader.Find(condition, 0, t => t.IsWord("AND")) is var both and > 0)
        {
            Want(condition[..both]);
            Want(condition[(both + 1)..]);
        }
        else if (condition is [var found] && found.IsWord("FOUND")) Add(null, _last);
        else if (condition is [var read, var @is, var not, var @null] && @is.IsWord("IS") && not.IsWord("NOT") && @null.IsWord("NULL"))
            AddOf(_variables, read);
        else if (condition is [var variable, var sign, var least]) WantCompared(variable, sign, least);
        else if (condition is [var exists, ..] && exists.IsWord("EXISTS") && Inner(condition, 1) is { } asked)
            Add(null, TableQueryReader.Read(asked, dialect));
        else if (condition.FindIndex(t => t.IsWord("IN")) is var at and > 0 && !condition[at - 1].IsWord("NOT")
            && Inner(condition, at + 1) is { } list)
            Listed(condition[..at], list);
    }

    void WantCompared(Token variable, Token sign, Token least)
    {
        if ((sign.Is(">") && least.Text == "0") || (sign.Is(">=") && least.Text == "1")) AddOf(_counts, variable);
        else if (sign.Is("=") && OperandReader.NameOf(variable, dialect) is { } name && _marks.TryGetValue(name, out var mark) && mark == least.Text)
            AddOf(_variables, variable);
    }

    // In parentheses from end to end.
    static bool IsWrapped(List<Token> condition) =>
        condition.Count > 2 && condition[0].Is("(") && !condition[1].IsWord("SELECT")
            && TableQueryReader.Find(condition, 0, t => t.Is(")")) == condition.Count - 1;

    // NEW.x IS NOT NULL AND …
    static List<Token>? WithoutGuard(List<Token> condition)
    {
        var and = TableQueryReader.Find(condition, 0, t => t.IsWord("AND"));
        var guard = and < 0 ? [] : condition[..and];
        while (IsWrapped(guard)) guard = guard[1..^1];
        var isGuard = guard.Count > 3 && guard[0].IsWord("NEW") && guard[1].Is(".")
            && (guard.Count == 4 && guard[3].IsWord("NOTNULL")
            || guard.Count == 6 && guard[3].IsWord("IS") && guard[4].IsWord("NOT") && guard[5].IsWord("NULL"));
        return isGuard ? condition[(and + 1)..] : null;
    }

    // (SELECT …) IS NULL
    static List<Token>? QueryThatIsNull(List<Token> condition)
    {
        var end = TableQueryReader.Find(condition, 0, t => t.Is(")"));
        if (end < 3 || !condition[0].Is("(") || !condition[1].IsWord("SELECT")) return null;
        var test = condition[(end + 1)..];
        return test is [var one] && one.IsWord("ISNULL") || test is [var @is, var @null] && @is.IsWord("IS") && @null.IsWord("NULL")
            ? condition[1..end] : null;
    }

    // The parenthesis that stands there and ends the condition.
    static List<Token>? Inner(List<Token> condition, int start) =>
        start + 2 < condition.Count && condition[start].Is("(") && condition[^1].Is(")") && condition[start + 1].IsWord("SELECT")
            ? condition[(start + 1)..^1] : null;

    // NEW.x NOT IN (SELECT y FROM t)
    void Listed(List<Token> operand, List<Token> query)
    {
        if (OperandReader.Read(operand, dialect) is not { Column: { } } value || TableQueryReader.Read(query, dialect) is not { } asked) return;
        var from = query.FindIndex(t => t.IsWord("FROM"));
        if (TableQueryReader.NameOf(query[1..from], dialect) is { } column) Add(null, asked with { Keys = [.. asked.Keys, new(column, value)] });
    }

    void AddOf(Dictionary<string, TableQuery> known, Token variable)
    {
        if (OperandReader.NameOf(variable, dialect) is { } name && known.TryGetValue(name, out var query)) Add(null, query);
    }

    void Add(string? column, TableQuery? query)
    {
        if (query is { Keys: var keys } && keys.Any(k => k.Value.Column is not null)) Found.Add(new(column, query.Schema, query.Table, keys));
    }
}
