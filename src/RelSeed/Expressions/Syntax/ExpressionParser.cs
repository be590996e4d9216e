using System.Diagnostics.CodeAnalysis;

namespace RelSeed.Expressions;

/// <summary>Reads the scalar expressions of checks, domains, index predicates, expression keys, generated columns and defaults.</summary>
/// <remarks>Any text is safe: what is too long, too deep or not understood is refused with a reason. Linear in the text's length.
/// Subqueries, parameters, window functions and Unicode-escaped strings are not read.</remarks>
public static class ExpressionParser
{
    /// <summary>Characters of the longest text that is read.</summary>
    public const int MaxLength = 100_000;

    /// <summary>Levels of the deepest tree, and of the deepest parentheses.</summary>
    public const int MaxDepth = 300;

    /// <param name="reason">Why the text was refused: a clause that may follow "cannot be read:"; it holds no more of the text than a word. Empty on
    /// success.</param>
    /// <param name="columns">The table's columns, when known: SQLite and SQL Server then take names in the catalog's spelling,
    /// and SQLite reads a double-quoted word that names no column as a string.</param>
    public static bool TryParse(
        string text, Dialect dialect, [NotNullWhen(true)] out Expression? expression, out string reason, IReadOnlyCollection<string>? columns = null)
    {
        (expression, reason) = (null, "");
        if (text.Length > MaxLength)
        {
            reason = $"it is longer than {MaxLength} characters";
            return false;
        }
        try
        {
            var parsed = new ExpressionReader(new Tokenizer(text, dialect).Read(), dialect, columns).ReadAll();
            if (parsed.IsDeeperThan(MaxDepth)) throw new SyntaxFaultException(ExpressionReader.TooDeep);
            expression = parsed;
            return true;
        }
        catch (SyntaxFaultException fault)
        {
            reason = fault.Message;
            return false;
        }
    }
}
