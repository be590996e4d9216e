using System.Text.RegularExpressions;
using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Reads in a trigger's text that the amounts of all rows of one parent must cancel out: <c>sum(debit) &lt;&gt; sum(credit)</c>,
/// <c>sum(amount) &lt;&gt; 0</c>, or amounts whose side another column tells.</summary>
static partial class BalanceReader
{
    const int Sides = 2;

    /// <summary>The text may ask for a balance; most do not.</summary>
    public static bool MayAsk(string text) => text.Contains("sum", StringComparison.OrdinalIgnoreCase);

    /// <param name="text">Of a function that refuses what does not balance.</param>
    /// <returns>Null where the text asks nothing of the kind of the table.</returns>
    public static RowBalance? Read(string text, Table table)
    {
        if (!text.Contains(table.Name.Name, StringComparison.OrdinalIgnoreCase)) return null;
        var code = Comments.Replace(text, " ");
        if (!Raise.IsMatch(code) || !Differs.IsMatch(code)) return null;
        var asked = code.Split(';').Where(s => Sum.IsMatch(s) && ReadsFrom(s, table)).ToList();
        var query = string.Join('\n', asked);
        var key = table.ForeignKeys.FirstOrDefault(k => k.Principal != table.Name && k.Columns.Count > 0
            && asked.Count > 0 && asked.TrueForAll(s => Mentions(AfterFrom(s), k.Columns[^1])));
        if (key is null) return null;
        var sums = Sum.Matches(query).Select(m => m.Groups["of"].Value).ToList();
        if (sums.Exists(s => s.Contains('*') || s.Contains('/'))) return null;
        // A label may be called as a column is.
        var summed = sums.ConvertAll(s => Quoted.Replace(s, "''"));
        var amounts = table.Columns.Where(c => IsAmount(table, c) && summed.Exists(s => Mentions(s, c.Name))).ToList();
        return amounts switch
        {
            [var one, var other] when Alike(one, other) && AreCompared(code, query) => new RowBalance(key.Name, one.Name, other.Name, []),
            [var only] => Told(query, table, key, only)
                ?? (sums.Count == 1 && ComparesWithZero.IsMatch(code) ? new RowBalance(key.Name, only.Name, null, []) : null),
            _ => null,
        };
    }

    // The side is what a text, a label or a truth value says.
    static RowBalance? Told(string query, Table table, ForeignKey key, Column amount)
    {
        foreach (var column in table.Columns.Where(c => Mentions(query, c.Name) && !c.IsComputed && !key.Columns.Contains(c.Name)))
        {
            if (column.Type.Kind == TypeKind.Boolean) return new RowBalance(key.Name, amount.Name, column.Name, ["true", "false"]);
            if (column.Type.Kind is not (TypeKind.Enum or TypeKind.Text or TypeKind.FixedText)) continue;
            var (named, known) = (Named(query, column), Known(table, column));
            if (named.Count == 1 && known.Count == Sides && known.Contains(named[0])) named = known;
            if (named.Count == Sides) return new RowBalance(key.Name, amount.Name, column.Name, [.. named]);
        }
        return null;
    }

    // kind = 'D', CASE kind WHEN 'D' THEN … WHEN 'C'.
    static List<string> Named(string query, Column column)
    {
        const string Told = @"""?(\s*::\s*\w+)?\s*(=\s*|in\s*\(\s*|when\s+)(?<texts>'[^']*')(\s+then[^;]*?when\s+(?<texts>'[^']*'))?";
        return Texts(Regex.Matches(query, $@"\b{Regex.Escape(column.Name)}{Told}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)).SelectMany(m => m.Groups["texts"].Captures.Select(c => c.Value)));
    }

    static List<string> Known(Table table, Column column) => column.Type.Kind == TypeKind.Enum ? [.. column.Type.Labels]
        : Texts(table.Checks.Where(c => Mentions(c.Expression, column.Name)).SelectMany(c => Quoted.Matches(c.Expression).Select(m => m.Value)));

    static List<string> Texts(IEnumerable<string> quoted) => [.. quoted.Select(q => q.Trim('\'')).Distinct(StringComparer.Ordinal)];

    static bool ReadsFrom(string statement, Table table) =>
        Regex.IsMatch(statement, $@"\bfrom\s+(only\s+)?(""?\w+""?\s*\.\s*)?""?{Regex.Escape(table.Name.Name)}""?(\s|$|\))",
            RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    static string AfterFrom(string statement) =>
        statement.LastIndexOf("from", StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? statement[at..] : "";

    // Two sums in variables that meet nowhere are no balance.
    static bool AreCompared(string code, string query)
    {
        var variables = Into.Matches(query).SelectMany(m => m.Groups["name"].Captures.Select(c => c.Value)).Distinct().ToList();
        if (variables.Count != Sides) return true;
        var (a, b) = (Regex.Escape(variables[0]), Regex.Escape(variables[1]));
        const string Between = @"\s*(,\s*0\s*\)|\))?\s*(<>|!=|=|-|is\s+(not\s+)?distinct\s+from)\s*(coalesce\s*\(|\()?\s*";
        return Regex.IsMatch(code, $@"\b{a}\b{Between}{b}\b|\b{b}\b{Between}{a}\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1));
    }

    static bool IsAmount(Table table, Column column) =>
        column.Type.Kind.IsNumeric() && !column.IsComputed && !table.ForeignKeys.Any(k => k.Columns.Contains(column.Name));

    static bool Alike(Column one, Column other) =>
        one.Type.TakesValuesOf(other.Type) && other.Type.TakesValuesOf(one.Type) && one.IsNullable == other.IsNullable;

    static bool Mentions(string text, string name) =>
        Regex.IsMatch(text, $@"(?<![\w]){Regex.Escape(name)}(?![\w])", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    static partial Regex Comments { get; }

    [GeneratedRegex(@"'[^']*'", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    static partial Regex Quoted { get; }

    // RAISE without a level is an error.
    [GeneratedRegex(@"\braise\b(?!\s+(notice|warning|info|log|debug)\b)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    static partial Regex Raise { get; }

    [GeneratedRegex(@"<>|!=|\bdistinct\s+from\b|\babs\s*\(|=\s*0\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex Differs { get; }

    [GeneratedRegex(@"(<>|!=|=|\bdistinct\s+from)\s*\(?\s*0(\.0+)?\b|\babs\s*\(", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    static partial Regex ComparesWithZero { get; }

    // Up to the bracket that closes it; three deep.
    [GeneratedRegex(@"\bsum\s*\((?<of>([^()]|\(([^()]|\(([^()]|\([^()]*\))*\))*\))*)\)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    static partial Regex Sum { get; }

    [GeneratedRegex(@"\binto\s+(strict\s+)?(?<name>\w+)(\s*,\s*(?<name>\w+))*", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    static partial Regex Into { get; }
}

/// <summary>The amounts of all rows of a parent cancel out.</summary>
/// <param name="Key">Name of the foreign key that leads to the parent.</param>
/// <param name="Amount">The column of amounts.</param>
/// <param name="Other">The column of the other side's amounts, or the one that tells the side; null where the amounts have signs.</param>
/// <param name="Sides">The two values that tell the side; empty where no column does.</param>
sealed record RowBalance(string Key, string Amount, string? Other, EquatableArray<string> Sides);
