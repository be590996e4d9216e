using System.Collections.Frozen;

namespace RelSeed.Expressions;

/// <summary>Words that mean something to the expression grammar, so that a column of that name must be quoted.</summary>
static class Keywords
{
    static readonly FrozenSet<string> Reserved = new[]
    {
        "all", "and", "any", "array", "as", "between", "both", "case", "cast", "collate", "current_date", "current_time",
        "current_timestamp", "distinct", "else", "end", "exists", "false", "for", "from", "glob", "ilike", "in", "is", "isnull",
        "leading", "like", "localtime", "localtimestamp", "match", "not", "notnull", "null", "operator", "or", "overlaps", "placing", "regexp",
        "row", "select", "similar", "some", "symmetric", "then", "to", "trailing", "true", "unique", "unknown", "variadic", "when", "where", "with",
        "current_user", "session_user", "user", "convert", "try_cast",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that end an operand, so that they are never a column when bare.</summary>
    static readonly FrozenSet<string> NotAnOperand = new[]
    {
        "and", "or", "as", "between", "collate", "else", "end", "from", "glob", "ilike", "in", "is", "isnull", "like", "match",
        "notnull", "overlaps", "placing", "regexp", "similar", "then", "when", "where", "for", "select", "exists", "with", "unique", "to", "all",
        "any", "some", "distinct",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsReserved(string word) => Reserved.Contains(word);
    public static bool EndsOperand(string word) => NotAnOperand.Contains(word);
}
