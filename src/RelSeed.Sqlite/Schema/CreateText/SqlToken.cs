using System.Runtime.InteropServices;

namespace RelSeed.Sqlite.Schema.CreateText;

enum SqlTokenKind
{
    /// <summary>A keyword or bare name.</summary>
    Word,

    /// <summary>A name in double quotes, back quotes or brackets.</summary>
    QuotedName,

    /// <summary>A text in single quotes.</summary>
    String,

    /// <summary>A number, a blob literal or a parameter.</summary>
    Literal,
    Symbol,
}

/// <summary>A piece of SQL text; what lies between two tokens is white space and comments only.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct SqlToken(SqlTokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;
}
