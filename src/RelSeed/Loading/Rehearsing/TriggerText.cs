using System.Text.RegularExpressions;

namespace RelSeed.Loading;

/// <summary>What can be told from the text of a trigger or function without understanding it.</summary>
static partial class TriggerText
{
    const int LongestLiteral = 60;

    /// <summary>The name stands in the text as a whole word.</summary>
    public static bool Mentions(string text, string name)
    {
        if (name.Length == 0) return false;
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
            if (!IsWord(text, at - 1) && !IsWord(text, at + name.Length)) return true;
        return false;
    }

    /// <summary>Columns of the new row that it looks at, rather than sets; empty also where it has another name for the row.</summary>
    public static IReadOnlySet<string> NewColumns(string text) =>
        New.Matches(WithoutComments(text)).Select(m => m.Groups["column"].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>One statement, or one condition, looks at the column of the new row and names the other one.</summary>
    public static bool Compares(string text, string newColumn, string other) => StatementEnd.Split(WithoutComments(text))
        .Any(s => NewColumns(s).Contains(newColumn) && Mentions(New.Replace(s, " "), other));

    /// <summary>It gives the column of the new row a value of its own.</summary>
    public static bool Sets(string text, string column)
    {
        var own = $@"new\s*\.\s*""?{Regex.Escape(column)}";
        return Regex.IsMatch(WithoutComments(text), $@"(^|;|\b(begin|then|else|loop))\s*{own}""?\s*:?=|\binto\s+(strict\s+)?([^;]*,\s*)?{own}\b",
            RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
    }

    /// <summary>It asks whether the other table has the new row's value: <c>new.a IN (SELECT b FROM other)</c>, <c>FROM other WHERE b = new.a</c>.</summary>
    public static bool LooksUp(string text, string table, string column, string newColumn)
    {
        const string Name = @"(?:\w+\.)?""?";
        var (other, theirs, own) = (Regex.Escape(table), $@"{Name}{Regex.Escape(column)}""?", $@"new\.""?{Regex.Escape(newColumn)}""?\b");
        var from = $@"from\s+(?:only\s+)?{Name}{other}\b";
        return Regex.IsMatch(WithoutComments(text),
            $@"{own}\s+in\s*\(\s*select\s+{theirs}\s+{from}|{from}[^;]*?\b(?:{theirs}\s*=\s*{own}|{own}\s*=\s*{theirs}\b)",
            RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }

    static bool IsWord(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');

    /// <summary>The words in quotes, each once, in order.</summary>
    public static IReadOnlyList<string> Literals(string text) =>
        [.. Quoted.Matches(WithoutComments(text)).Select(m => m.Groups["text"].Value.Replace("''", "'")).Where(l => l.Length <= LongestLiteral)
            .Distinct(StringComparer.Ordinal)];

    /// <summary>Session settings that it reads.</summary>
    public static IReadOnlyList<string> Settings(string text) =>
        [.. Setting.Matches(WithoutComments(text)).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>It refuses, or drops, whatever row there is.</summary>
    public static bool IsUnconditional(string text)
    {
        var code = WithoutComments(text);
        return RaisesFirst.IsMatch(code) || (SqliteRaise.IsMatch(code) && !Condition.IsMatch(code));
    }

    /// <summary>What it inserts gives way to a row that stands.</summary>
    public static bool TakesWhatStands(string text) => GivesWay.IsMatch(WithoutComments(text));

    /// <summary>It raises errors of its own.</summary>
    public static bool Raises(string text) => Raise.IsMatch(WithoutComments(text));

    /// <summary>The body of a trigger before the row may return something else than the new row, and so drop it; true also of a text that is no such
    /// body.</summary>
    public static bool MayDropRow(string body)
    {
        var code = WithoutComments(body);
        return !ReturnsNew.IsMatch(code) || ReturnsOther.IsMatch(code) || SetsWholeNew.IsMatch(code);
    }

    /// <summary>It reads or changes rows other than its own, perhaps by a function.</summary>
    public static bool Looks(string text) => Query.IsMatch(WithoutComments(text));

    /// <summary>It changes rows other than its own, perhaps by a function.</summary>
    public static bool Writes(string text) => Change.IsMatch(WithoutComments(text));

    /// <summary>It asks what time it is.</summary>
    public static bool NamesClock(string text) => Clock.IsMatch(WithoutComments(text));

    /// <summary>Columns of two tables that it compares: <c>a.x = b.y</c>.</summary>
    public static IEnumerable<TextEquality> Equalities(string text) =>
        Equal.Matches(WithoutComments(text)).Concat(Asked.Matches(WithoutComments(text)))
        .Select(m => new TextEquality(m.Groups["left"].Value, m.Groups["x"].Value, m.Groups["right"].Value, m.Groups["y"].Value));

    static string WithoutComments(string text) => Comments.Replace(text, " ");

    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    static partial Regex Comments { get; }

    [GeneratedRegex(@"'(?<text>(?:[^']|'')*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    static partial Regex Quoted { get; }

    [GeneratedRegex(@"current_setting\s*\(\s*'(?<name>[^']+)'", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    static partial Regex Setting { get; }

    [GeneratedRegex(@"\b(?<left>\w+)\.(?<x>\w+)\s*=\s*(?<right>\w+)\.(?<y>\w+)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    static partial Regex Equal { get; }

    [GeneratedRegex("(?<!(^|;|\\b(begin|then|else|loop|into|strict))\\s*)\\bnew\\s*\\.\\s*(\"(?<column>[^\"]+)\"|(?<column>\\w+))",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex New { get; }

    [GeneratedRegex(@"(?<=;|\b(then|else)\b)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex StatementEnd { get; }

    // (select x from a …) <> (select y from b …)
    [GeneratedRegex(
        @"\(\s*select\s+(?:\w+\.)?(?<x>\w+)\s+from\s+(?<left>\w+)\b[^()]*\)\s*(?:!=|<>|=|is\s+not|is\s+distinct\s+from)\s*\(\s*select\s+(?:\w+\.)?(?<y>\w+)\s+from\s+(?<right>\w+)\b[^()]*\)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex Asked { get; }

    [GeneratedRegex(@"\b(select|perform|update|insert|delete|merge|execute)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    static partial Regex Query { get; }

    [GeneratedRegex(@"\b(perform|update|insert|delete|merge|execute|call)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    static partial Regex Change { get; }

    // RAISE without a level is an error; RETURN NULL before the row drops it.
    [GeneratedRegex(@"^\s*(declare\b[^;]*(;[^;]*)*?)?\bbegin\s+(raise\b(?!\s+(notice|warning|info|log|debug)\b)|return\s+null\b)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex RaisesFirst { get; }

    [GeneratedRegex(@"\braise\b(?!\s+(notice|warning|info|log|debug)\b)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    static partial Regex Raise { get; }

    [GeneratedRegex(@"\breturn\s+new\s*;", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex ReturnsNew { get; }

    [GeneratedRegex(@"\breturn\b(?!\s+new\s*;)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex ReturnsOther { get; }

    [GeneratedRegex(@"\bnew\s*:?=|\binto\s+(strict\s+)?new\b(?!\s*\.)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    static partial Regex SetsWholeNew { get; }

    [GeneratedRegex(@"\b(now\s*\(|(clock|statement|transaction)_timestamp\s*\(|current_(timestamp|date|time)\b|localtime(stamp)?\b)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex Clock { get; }

    [GeneratedRegex(@"\bon\s+conflict\b|\binsert\s+or\s+(ignore|replace)\b|\bnot\s+(exists|found)\b|\bunique_violation\b",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex GivesWay { get; }

    [GeneratedRegex(@"\bbegin\s+select\s+raise\s*\(", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex SqliteRaise { get; }

    [GeneratedRegex(@"\b(when|where)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex Condition { get; }
}

/// <summary>Two columns with the names of their tables, as a text writes them.</summary>
sealed record TextEquality(string LeftTable, string LeftColumn, string RightTable, string RightColumn)
{
    public bool IsLeft(RowFeature feature) => Is(feature, LeftTable, LeftColumn);

    public bool IsRight(RowFeature feature) => Is(feature, RightTable, RightColumn);

    static bool Is(RowFeature feature, string table, string column) =>
        feature.Owner.Name.Name.Equals(table, StringComparison.OrdinalIgnoreCase)
            && feature.Column.Name.Equals(column, StringComparison.OrdinalIgnoreCase);
}
