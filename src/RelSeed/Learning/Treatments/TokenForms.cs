using RelSeed.Learning.Sampling;
using RelSeed.Profiling;

namespace RelSeed.Learning.Treatments;

/// <summary>Forms of random tokens, whose letters and digits change places from text to text: runs over one alphabet, <c>x8-x4</c> for
/// 0f3e91aa-7b02.</summary>
static class TokenForms
{
    const int MostLooked = 1000, LeastLooked = 20;

    // Words with a number behind them are no tokens: there, letters and digits hardly take turns.
    const double LeastMixed = 0.8, LeastTurns = 0.15, LeastFitting = 0.98;

    /// <summary>The alphabet of a column's tokens; null when its texts are none.</summary>
    public static char? AlphabetOf(TextSample column)
    {
        var step = Math.Max(1, column.Texts.Count / MostLooked);
        var looked = Enumerable.Range(0, column.Texts.Count).Where(i => i % step == 0).Select(i => column.Texts[i]).ToList();
        if (looked.Count < LeastLooked || looked.Count(IsMixed) < looked.Count * LeastMixed) return null;
        foreach (var alphabet in TextAlphabets.Tokens)
            if (looked.Count(t => FormOf(t, alphabet) is not null) >= looked.Count * LeastFitting) return alphabet;
        return null;
    }

    /// <summary>Null for a text with letters beside the alphabet's, or with spaces.</summary>
    public static string? FormOf(string text, char alphabet)
    {
        var (form, letters) = (new System.Text.StringBuilder(), TextAlphabets.Of(alphabet)!);
        for (int start = 0, end; start < text.Length; start = end)
        {
            for (end = start; end < text.Length && letters.Contains(text[end]); end++) { }
            if (end - start > 0) form.Append(alphabet);
            if (end - start > 1) form.Append(end - start);
            if (end > start) continue;
            if (char.IsLetterOrDigit(text[end]) || char.IsWhiteSpace(text[end]) || char.IsControl(text[end])) return null;
            form.Append(text[end++]);
        }
        return form.ToString();
    }

    static bool IsMixed(string text)
    {
        var turns = 0;
        for (var i = 1; i < text.Length; i++)
            if (char.IsAsciiDigit(text[i]) != char.IsAsciiDigit(text[i - 1])
                && char.IsAsciiLetterOrDigit(text[i]) && char.IsAsciiLetterOrDigit(text[i - 1]))
                turns++;
        return turns > 0 && turns >= LeastTurns * (text.Length - 1);
    }
}
