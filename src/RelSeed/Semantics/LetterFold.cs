namespace RelSeed.Semantics;

/// <summary>Texts of one case that stay as they are whatever the database's locale makes of letters: those that .NET leaves alone, and others
/// change, are written with their plain neighbours.</summary>
static class LetterFold
{
    public static string Lower(string text) => Plain(text).ToLowerInvariant();

    public static string Upper(string text) => Plain(text).Replace("\u00DF", "SS", StringComparison.Ordinal).ToUpperInvariant();

    // The Turkish letters i with and without dot, and the long s.
    static string Plain(string text) => text.AsSpan().ContainsAny('\u0130', '\u0131', '\u017F')
        ? text.Replace('\u0130', 'I').Replace('\u0131', 'i').Replace('\u017F', 's') : text;
}
