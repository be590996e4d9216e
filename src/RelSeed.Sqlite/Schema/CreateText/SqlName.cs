namespace RelSeed.Sqlite.Schema.CreateText;

/// <summary>Names between SQL text and the catalog.</summary>
static class SqlName
{
    /// <summary>SQLite's names are equal without regard to the case of ASCII letters.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    /// <summary>Takes off any of SQLite's four kinds of quotes; a bare name stays as it is.</summary>
    public static string Unquote(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('"' or '`' or '\'' or '[')) return text.ToString();
        var close = text[0] == '[' ? ']' : text[0];
        var inner = text.Length > 1 && text[^1] == close ? text[1..^1] : text[1..];
        return close == ']' ? inner.ToString() : inner.ToString().Replace($"{close}{close}", $"{close}");
    }
}
