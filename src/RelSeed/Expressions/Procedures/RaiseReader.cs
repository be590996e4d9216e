using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Reads what a trigger refuses: <c>if new.a > new.b then raise …</c>, <c>case when new.a is null then raise …</c>. Such a condition
/// on the new row alone is a check of the row.</summary>
/// <remarks>Only statements that every row reaches are read, and columns that the body sets before are left out. Linear in the text's
/// length.</remarks>
public static class RaiseReader
{
    /// <summary>Conditions that must not be true of a new row, in terms of its columns.</summary>
    public static IReadOnlyList<string> Read(Trigger trigger, IReadOnlyCollection<string> columns)
    {
        var isRead = trigger is { Enabled: true, IsRow: true, Timing: not TriggerTiming.InsteadOf } && trigger.Events.HasFlag(TriggerEvents.Insert)
            && trigger.Body.Length is > 0 and <= TriggerReader.MaxLength;
        if (!isRead || BodyTokens.Read(trigger.Definition, Dialect.PostgreSql).Exists(t => t.IsWord("WHEN"))) return [];
        return new RaiseWalk(trigger.Body, BodyTokens.Read(trigger.Body, Dialect.PostgreSql), columns).Run();
    }
}

sealed class RaiseWalk(string text, List<Token> tokens, IReadOnlyCollection<string> columns)
{
    readonly List<string> _found = [];
    readonly HashSet<string> _set = new(StringComparer.Ordinal);
    int _at;

    public List<string> Run()
    {
        _at = tokens.FindIndex(t => t.IsWord("BEGIN")) + 1;
        while (_at > 0 && _at < tokens.Count && Step()) { }
        return _found;
    }

    bool Is(string word) => _at < tokens.Count && tokens[_at].IsWord(word);

    // False where not every row goes on.
    bool Step()
    {
        if (Is("IF")) return If();
        if (Is("CASE")) return Case();
        if (new[] { "RETURN", "LOOP", "FOR", "FOREACH", "WHILE", "BEGIN", "DECLARE", "EXCEPTION", "END", "RAISE" }.Any(Is)) return false;
        for (; _at < tokens.Count && !tokens[_at].Is(";"); _at++)
            if (Column(_at) is { } set) _set.Add(set);
        _at++;
        return true;
    }

    string? Column(int at) =>
        at + 2 < tokens.Count && tokens[at].IsWord("NEW") && tokens[at + 1].Is(".") ? OperandReader.NameOf(tokens[at + 2], Dialect.PostgreSql) : null;

    bool If()
    {
        while (Is("IF") || Is("ELSIF") || Is("ELSEIF"))
            if (!Arm()) return SkipIf();
        if (Is("ELSE")) return SkipIf();
        _at += 3;
        return true;
    }

    bool Case()
    {
        _at++;
        if (!Is("WHEN")) return false;
        while (Is("WHEN"))
            if (!Arm()) return false;
        if (Is("ELSE")) _at++;
        if (!Is("END")) return false;
        _at += 3;
        return true;
    }

    // A condition and a RAISE that is all of the branch.
    bool Arm()
    {
        var start = _at + 1;
        while (_at < tokens.Count && !tokens[_at].IsWord("THEN")) _at++;
        var end = _at++;
        if (!Is("RAISE") || (_at + 1 < tokens.Count && new[] { "NOTICE", "WARNING", "INFO", "LOG", "DEBUG" }.Any(tokens[_at + 1].IsWord)))
            return false;
        while (_at < tokens.Count && !tokens[_at].Is(";")) _at++;
        _at++;
        if (!new[] { "END", "ELSE", "ELSIF", "ELSEIF", "WHEN" }.Any(Is)) return false;
        if (Condition(start, end) is { } condition) _found.Add(condition);
        return true;
    }

    // Past the END IF of the IF whose condition or branch stands here.
    bool SkipIf()
    {
        for (var depth = 1; _at < tokens.Count && depth > 0; _at++)
        {
            if (Is("RETURN")) return false;
            if (Column(_at) is { } set) _set.Add(set);
            if (Is("IF")) depth += tokens[_at - 1].IsWord("END") ? -1 : 1;
        }
        _at++;
        return true;
    }

    // The text with the new row's columns in quotes; null when it speaks of anything else.
    string? Condition(int start, int end)
    {
        var read = new System.Text.StringBuilder();
        for (var i = start; i < end; i++)
        {
            var (from, last) = (tokens[i].Start, i);
            if (Column(i) is { } name)
            {
                if (_set.Contains(name) || !columns.Contains(name)) return null;
                last = i += 2;
                read.Append('"').Append(name.Replace("\"", "\"\"")).Append('"');
                from = tokens[last].Start + tokens[last].Text.Length + (tokens[last].Kind == TokenKind.QuotedWord ? 2 : 0);
            }
            else if (tokens[i].Kind is TokenKind.Word or TokenKind.QuotedWord
                && (tokens[i].IsWord("SELECT") || tokens[i].IsWord("OLD") || columns.Contains(tokens[i].Text)))
                return null;
            var next = last + 1 < tokens.Count ? tokens[last + 1].Start : text.Length;
            if (next > from) read.Append(text, from, next - from);
        }
        var condition = read.ToString().Trim();
        return ExpressionParser.TryParse(condition, Dialect.PostgreSql, out var expression, out _, columns)
            && expression.ColumnNames() is { Count: > 0 } names && names.All(columns.Contains)
            ? condition : null;
    }
}
