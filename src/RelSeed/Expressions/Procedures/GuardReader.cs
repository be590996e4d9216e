namespace RelSeed.Expressions;

/// <summary>What a condition of a trigger says when a row is inserted.</summary>
/// <param name="IsKnown">The verdict is certain: always, never, or just when the guard holds.</param>
/// <param name="IsNever">It does not hold for an INSERT.</param>
/// <param name="Guard">It holds when a column equals a literal; null for always.</param>
readonly record struct GuardFact(bool IsKnown, bool IsNever, TriggerGuard? Guard)
{
    public static GuardFact Always => new(true, false, null);
    public static GuardFact Never => new(true, true, null);
    public static GuardFact Unknown => default;

    public bool IsAlways => IsKnown && !IsNever && Guard is null;

    public GuardFact Opposite => !IsKnown || Guard is not null ? Unknown : IsNever ? Always : Never;
}

/// <summary>Reads a condition: <c>tg_op = 'INSERT'</c>, <c>new.type = 'org'</c>, joined by OR where all are about the event.</summary>
static class GuardReader
{
    const int MostParentheses = 8;

    public static GuardFact Read(List<Token> condition, Dialect dialect)
    {
        var tokens = Unwrapped(condition);
        if (tokens.Count == 0) return GuardFact.Always;
        var arms = Split(tokens, "OR").Select(a => Arm(a, dialect)).ToList();
        if (arms.Count == 1) return arms[0];
        if (arms.Exists(a => a.IsAlways)) return GuardFact.Always;
        return arms.TrueForAll(a => a is { IsKnown: true, IsNever: true }) ? GuardFact.Never : GuardFact.Unknown;
    }

    static GuardFact Arm(List<Token> arm, Dialect dialect)
    {
        var parts = Split(arm, "AND").Select(p => Comparison(Unwrapped(p), dialect)).ToList();
        if (parts.Exists(p => p is { IsKnown: true, IsNever: true })) return GuardFact.Never;
        if (parts.Exists(p => !p.IsKnown)) return GuardFact.Unknown;
        var guards = parts.Where(p => p.Guard is not null).ToList();
        return guards.Count switch { 0 => GuardFact.Always, 1 => guards[0], _ => GuardFact.Unknown };
    }

    static GuardFact Comparison(List<Token> tokens, Dialect dialect)
    {
        var isNegated = tokens.Exists(t => t.Is("<>") || t.Is("!="));
        var at = tokens.FindIndex(t => t.Is("=") || t.Is("==") || t.Is("<>") || t.Is("!="));
        if (at < 0) return GuardFact.Unknown;
        var (left, right) = (OperandReader.Read(tokens[..at], dialect), OperandReader.Read(tokens[(at + 1)..], dialect));
        if (tokens[0].IsWord("TG_OP") && at == 1 && right is { IsLiteral: true, Literal: { } op })
            return op.Equals("INSERT", StringComparison.OrdinalIgnoreCase) != isNegated ? GuardFact.Always : GuardFact.Never;
        if (left.IsLiteral) (left, right) = (right, left);
        return left.Column is { } column && right is { IsLiteral: true, Literal: { } literal } && !isNegated
            ? new GuardFact(true, false, new TriggerGuard(column, literal)) : GuardFact.Unknown;
    }

    static List<Token> Unwrapped(List<Token> tokens)
    {
        // Bounded, since each step copies what is left.
        for (var level = 0; level < MostParentheses && tokens.Count >= 2 && tokens[0].Is("(") && ClosesAtEnd(tokens); level++) tokens = tokens[1..^1];
        return tokens;
    }

    static bool ClosesAtEnd(List<Token> tokens)
    {
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
            if (depth == 0) return i == tokens.Count - 1;
        }
        return false;
    }

    static IEnumerable<List<Token>> Split(List<Token> tokens, string word)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
            if (depth != 0 || !tokens[i].IsWord(word)) continue;
            yield return tokens[start..i];
            start = i + 1;
        }
        yield return tokens[start..];
    }
}

/// <summary>Reads a value of a statement: a column of the new row, a literal, with or without a cast.</summary>
static class OperandReader
{
    // More than a name, a cast and a few parentheses need.
    const int MostTokens = 40;

    static readonly TriggerValue Other = new(null, false, null);

    public static TriggerValue Read(List<Token> tokens, Dialect dialect)
    {
        var cast = tokens.FindIndex(t => t.Is("::"));
        if (cast > 0) tokens = tokens[..cast];
        if (tokens.Count > MostTokens) return Other;
        while (tokens.Count > 2 && tokens[0].Is("(") && tokens[^1].Is(")")) tokens = tokens[1..^1];
        return tokens switch
        {
            [var row, var dot, var column] when row.IsWord("NEW") && dot.Is(".") && NameOf(column, dialect) is { } name =>
                new TriggerValue(name, false, null),
            [{ Kind: TokenKind.String or TokenKind.Number } literal] => new TriggerValue(null, true, literal.Text),
            [var word] when word.IsWord("TRUE") || word.IsWord("FALSE") => new TriggerValue(null, true, word.Text.ToLowerInvariant()),
            [var word] when word.IsWord("NULL") => new TriggerValue(null, true, null),
            _ => Other,
        };
    }

    /// <summary>An identifier as the catalog spells it; null for none.</summary>
    public static string? NameOf(Token token, Dialect dialect) => token.Kind switch
    {
        TokenKind.QuotedWord => token.Text,
        TokenKind.Word when dialect == Dialect.PostgreSql => token.Text.ToLowerInvariant(),
        TokenKind.Word => token.Text,
        _ => null,
    };
}
