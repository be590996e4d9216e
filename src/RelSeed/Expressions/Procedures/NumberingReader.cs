using System.Globalization;
using System.Text.RegularExpressions;
using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Reads in a trigger's text that it numbers the rows itself: <c>select coalesce(max(no), 0) + 1 into new.no from t where order_id =
/// new.order_id</c>.</summary>
static partial class NumberingReader
{
    /// <param name="text">The body of a trigger before the row.</param>
    /// <returns>Null where it numbers nothing.</returns>
    public static RowNumbering? Read(string text, Table table)
    {
        if (!text.Contains("max", StringComparison.OrdinalIgnoreCase)) return null;
        var code = Comments.Replace(text, " ");
        foreach (var statement in code.Split(';'))
        {
            if (Next.Match(statement) is not { Success: true } next || !ReadsFrom(statement, table.Name.Name)) continue;
            var column = table.Columns.FirstOrDefault(c => Same(c.Name, next.Groups["column"].Value));
            if (column is null || !column.Type.Kind.IsInteger() || column.IsComputed) continue;
            if (Target(code, statement) is not { } target || !Same(target, column.Name)) continue;
            if (Within(statement) is not { } within || (within.Length > 0 && !table.Columns.Any(c => Same(c.Name, within)))) continue;
            var start = long.Parse(next.Groups["start"].Value, CultureInfo.InvariantCulture) + (next.Groups["after"].Success ? 1 : 0);
            if (next.Groups["inside"].Success == next.Groups["after"].Success) continue;
            return new RowNumbering(column.Name, within.Length == 0 ? null : table.Columns.First(c => Same(c.Name, within)).Name, start);
        }
        return null;
    }

    static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    // The new row's column, or that which takes the variable.
    static string? Target(string code, string statement)
    {
        if (Direct.Match(statement) is { Success: true } direct) return direct.Groups["column"].Value;
        if (Variable.Match(statement) is not { Success: true } variable) return null;
        var taken = Regex.Match(code, $@"\bnew\s*\.\s*""?(?<column>\w+)""?\s*:?=\s*{variable.Groups["name"].Value}\s*;", RegexOptions.IgnoreCase,
            TimeSpan.FromSeconds(1));
        return taken.Success ? taken.Groups["column"].Value : null;
    }

    // The column by which the rows are grouped: empty for none, null where the condition is another.
    static string? Within(string statement)
    {
        if (!Where.IsMatch(statement)) return "";
        return Group.Match(statement) is { Success: true } group && Same(group.Groups["own"].Value, group.Groups["new"].Value)
            ? group.Groups["own"].Value : null;
    }

    static bool ReadsFrom(string statement, string table) =>
        Regex.IsMatch(statement, $@"\bfrom\s+(only\s+)?(""?\w+""?\s*\.\s*)?""?{Regex.Escape(table)}\b", RegexOptions.IgnoreCase,
            TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    static partial Regex Comments { get; }

    [GeneratedRegex(@"\bcoalesce\s*\(\s*max\s*\(\s*(\w+\s*\.\s*)?""?(?<column>\w+)""?\s*\)\s*(?<inside>\+\s*1\s*)?,\s*(?<start>-?\d{1,9})\s*\)\s*(?<after>\+\s*1\b)?",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex Next { get; }

    [GeneratedRegex(@"\binto\s+(strict\s+)?new\s*\.\s*""?(?<column>\w+)|\bnew\s*\.\s*""?(?<column>\w+)""?\s*:?=\s*\(?\s*(select\b|coalesce\b)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex Direct { get; }

    [GeneratedRegex(@"\binto\s+(strict\s+)?(?<name>\w+)\b(?!\s*[.,])|\b(?<name>\w+)\s*:=\s*\(\s*select\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    static partial Regex Variable { get; }

    [GeneratedRegex(@"\bwhere\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex Where { get; }

    [GeneratedRegex(@"\bwhere\s+(\w+\s*\.\s*)?""?(?<own>\w+)""?\s*=\s*new\s*\.\s*""?(?<new>\w+)""?\s*\)?\s*(into\s.*)?$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    static partial Regex Group { get; }
}

/// <summary>A trigger gives each row the number after the last.</summary>
/// <param name="Within">The column of whose value the rows are counted apart; null where all are counted together.</param>
/// <param name="Start">The first number.</param>
sealed record RowNumbering(string Column, string? Within, long Start);
