using System.Text.RegularExpressions;
using RelSeed.Semantics;

namespace RelSeed.Learning.Treatments;

/// <summary>Knows by their values what columns hold that may never be told.</summary>
static partial class ValueRecogniser
{
    const int MostLooked = 1000;

    // A few odd values make no kind; half of them do.
    const double LeastShare = 0.5, LeastShareOfNames = 0.4;

    static readonly (string What, Func<string, bool> Is)[] Kinds =
    [
        ("an e-mail address", IsEmail),
        ("an URL", t => Url().IsMatch(t)),
        ("an UUID", t => t.Length >= 32 && Guid.TryParse(t, out _)),
        ("an IP address", t => t.Contains('.') && Address().IsMatch(t)),
        ("a card number", IsCard),
        ("an IBAN", IsIban),
        ("a phone number", IsPhone),
    ];

    static readonly Lazy<HashSet<string>> FirstNames = new(() => [.. WordLists.Get("first.any").Words.Select(AsciiFold.Key)]);
    static readonly Lazy<HashSet<string>> LastNames = new(() => [.. WordLists.Get("last").Words.Select(AsciiFold.Key)]);

    /// <summary>What the texts are, <c>an e-mail address</c>; null when they are nothing of the kind.</summary>
    public static string? Recognise(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return null;
        var step = Math.Max(1, texts.Count / MostLooked);
        var looked = Enumerable.Range(0, (texts.Count + step - 1) / step).Select(i => texts[i * step]).ToList();
        foreach (var (what, isKind) in Kinds)
            if (looked.Count(isKind) > looked.Count * LeastShare) return what;
        return looked.Count(IsFullName) > looked.Count * LeastShareOfNames ? "a person's name" : null;
    }

    /// <summary>A single text that is told must be none of these.</summary>
    public static string? Recognise(string text) => Array.Find(Kinds, k => k.Is(text)).What;

    static bool IsEmail(string text) => text.Contains('@') && Email().IsMatch(text);

    /// <summary>A given name stands before the @.</summary>
    public static bool IsMailOfPerson(string text) => text.IndexOf('@') is >= 0 and var at
        && NotLetters().Split(text[..at]).Any(word => word.Length > 1 && FirstNames.Value.Contains(AsciiFold.Key(word)));

    static bool IsPhone(string text)
    {
        var digits = text.Count(char.IsAsciiDigit);
        return digits is >= 7 and <= 15 && (text[0] is '+' or '(' || text.Count(c => c is '-' or ' ' or '.' or '/') >= 2) && Phone().IsMatch(text)
            && !DateLike().IsMatch(text);
    }

    static bool IsCard(string text)
    {
        var digits = text.Where(char.IsAsciiDigit).ToArray();
        if (digits.Length is < 13 or > 19 || text.Any(c => !char.IsAsciiDigit(c) && c is not (' ' or '-'))) return false;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
        }
        return sum % 10 == 0;
    }

    static bool IsIban(string text)
    {
        var plain = text.Replace(" ", "");
        if (plain.Length is < 15 or > 34 || !Iban().IsMatch(plain)) return false;
        var rest = 0;
        foreach (var c in plain[4..] + plain[..4])
            rest = char.IsAsciiDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
        return rest == 1;
    }

    static bool IsFullName(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 2 or > 4 || text.Length > 50) return false;
        return Array.TrueForAll(words, w => char.IsUpper(w[0])) && FirstNames.Value.Contains(AsciiFold.Key(words[0]))
            && !Array.Exists(words, w => w.Any(char.IsAsciiDigit));
    }

    /// <summary>Most of the texts are given names, or family names.</summary>
    public static bool AreNames(IReadOnlyList<string> texts) =>
        texts.Count > 0
            && texts.Count(t => FirstNames.Value.Contains(AsciiFold.Key(t))
            || LastNames.Value.Contains(AsciiFold.Key(t))) > texts.Count * LeastShareOfNames;

    [GeneratedRegex(@"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Email();

    [GeneratedRegex(@"\P{L}+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NotLetters();

    [GeneratedRegex(@"^(https?|ftp)://|^www\.", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Url();

    [GeneratedRegex(@"^\d{1,3}(\.\d{1,3}){3}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[+(]?[\d\s().\-/+x]+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DateLike();

    [GeneratedRegex("^[A-Z]{2}[0-9]{2}[A-Z0-9]+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Iban();
}
