namespace RelSeed.Semantics;

/// <summary>Splits the names of tables and columns into words and turns other languages' words and abbreviations into the English ones that
/// the patterns are made of.</summary>
static class NameWords
{
    const int LongestStem = 3;

    static readonly Lazy<(Dictionary<string, string[]> Anywhere, Dictionary<string, string[]> Alone)> Stems = new(LoadStems);

    // Words too short to be found inside others, but for these.
    static readonly HashSet<string> Short = ["at", "on", "by", "id", "to", "ip", "ts", "is"];
    static readonly HashSet<string> Fillers = ["the", "a", "an", "de", "del", "da", "di", "du", "la", "el"];

    // A schema is planned many times while it is rehearsed.
    static readonly BoundedCache<string, List<string>> Known = new(capacity: 16_384);

    /// <summary>The words as English ones, in lower case.</summary>
    public static List<string> Of(string name) => [.. Known.Get(name, Read)];

    static List<string> Read(string name)
    {
        var raw = Split(name).SelectMany(Segments).ToList();
        if (raw.Count == 1 && Stems.Value.Alone.TryGetValue(raw[0], out var alone)) return [.. alone];
        var words = new List<string>();
        for (var i = 0; i < raw.Count;)
        {
            var (translation, length) = Translate(raw, i);
            words.AddRange(translation);
            i += length;
        }
        words.RemoveAll(w => words.Count > 1 && Fillers.Contains(w));
        return words;
    }

    static (IEnumerable<string> Words, int Length) Translate(List<string> raw, int start)
    {
        for (var length = Math.Min(LongestStem, raw.Count - start); length > 0; length--)
            if (Stems.Value.Anywhere.TryGetValue(string.Join('_', raw.Skip(start).Take(length)), out var words)) return (words, length);
        return ([raw[start]], 1);
    }

    /// <summary>Parts between separators, at changes of case, and between letters and digits, in lower-case ASCII.</summary>
    public static List<string> Split(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && !IsBorder(name, i, start)) continue;
            if (i > start && AsciiFold.Fold(name[start..i], "") is { Length: > 0 } word) words.Add(word);
            start = i < name.Length && !char.IsLetterOrDigit(name[i]) ? i + 1 : i;
        }
        return words;
    }

    static bool IsBorder(string name, int i, int start)
    {
        if (!char.IsLetterOrDigit(name[i])) return true;
        if (i == start) return false;
        var (before, here) = (name[i - 1], name[i]);
        return char.IsUpper(here) && (char.IsLower(before) || char.IsUpper(before) && i + 1 < name.Length && char.IsLower(name[i + 1]));
    }

    // A word nobody knows may be several known ones run together, or end in a number.
    static IEnumerable<string> Segments(string word)
    {
        if (IsKnown(word)) return [word];
        var digits = word.Length;
        while (digits > 0 && char.IsAsciiDigit(word[digits - 1])) digits--;
        if (digits > 0 && digits < word.Length) return [.. Segments(word[..digits]), word[digits..]];
        return Cut(word) ?? Tail(word) ?? [word];
    }

    // What is known at the end of an unknown word.
    static List<string>? Tail(string word)
    {
        for (var start = 3; start <= word.Length - 3; start++)
            if (word.Length - start > 3 && IsPart(word[start..])) return [word[..start], word[start..]];
            else if (Cut(word[start..]) is { } known) return [word[..start], .. known];
            else if (word[start..] is "qty" or "amt" or "url" or "num") return [word[..start], word[start..]];
        return null;
    }

    static bool IsKnown(string word) => MeaningCatalog.Vocabulary.Contains(word) || MeaningCatalog.Vocabulary.Contains(Singular(word))
        || Stems.Value.Anywhere.ContainsKey(word) || Stems.Value.Alone.ContainsKey(word);

    // The fewest known words that make up the whole.
    static List<string>? Cut(string word)
    {
        var best = new List<string>?[word.Length + 1];
        best[0] = [];
        for (var end = 1; end <= word.Length; end++)
            for (var start = 0; start < end; start++)
                if (best[start] is { } head && (best[end] is null || head.Count + 1 < best[end]!.Count) && IsPart(word[start..end]))
                    best[end] = [.. head, word[start..end]];
        // Short words alone make no name.
        return best[^1] is { Count: > 1 } cut && cut.Exists(w => w.Length > 2) ? cut : null;
    }

    static bool IsPart(string part) => part.Length > 2
        ? MeaningCatalog.Vocabulary.Contains(part) || Stems.Value.Anywhere.ContainsKey(part)
        : Short.Contains(part);

    static (Dictionary<string, string[]>, Dictionary<string, string[]>) LoadStems()
    {
        var anywhere = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var alone = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var line in OwnWords.Lines("stems.txt"))
        {
            var sides = line.Split(" = ");
            foreach (var stem in sides[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                // A stem after ! counts only when it is the whole name, since it is also part of other words' names.
                (stem[0] == '!' ? alone : anywhere)
                    .TryAdd(AsciiFold.Fold(stem.TrimStart('!'), "_"), sides[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        return (anywhere, alone);
    }

    /// <summary>A noun without the ending of its plural.</summary>
    public static string Singular(string word)
    {
        if (word.Length < 4 || word[^1] != 's' || word.EndsWith("ss", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal)
            || word.EndsWith("is", StringComparison.Ordinal) || word == "series") return word;
        if (word.EndsWith("ies", StringComparison.Ordinal) && word != "movies") return word[..^3] + "y";
        return word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal)
            || word.EndsWith("ches", StringComparison.Ordinal)
            ? word[..^2] : word[..^1];
    }
}
