using System.Collections.Concurrent;

namespace RelSeed.Semantics;

/// <summary>All word lists by name, each made when first asked for: own ones, Bogus's, and the gazetteer's.</summary>
/// <remarks>A name is <c>theme.field</c> or <c>theme.field:locale</c>. Lists of one theme that are fields of the same things (place,
/// country, colour, file type) are parallel: the same position, and so the same draw, is the same thing.</remarks>
public static class WordLists
{
    static readonly ConcurrentDictionary<(string, WordForm, int), Lazy<WordList>> Made = new();

    /// <param name="maxChars">Longer words are left out, in parallel lists replaced by a shorter field; 0 for no bound.</param>
    /// <exception cref="ArgumentException">There is no such list, or no word is short enough.</exception>
    public static WordList Get(string name, WordForm form = WordForm.Plain, int maxChars = 0) =>
        Made.GetOrAdd((name, form, maxChars), k => new Lazy<WordList>(() => Make(k.Item1, k.Item2, k.Item3))).Value;

    /// <summary>The list has a word of at most so many characters.</summary>
    public static bool Fits(string name, WordForm form, int maxChars) => Get(name, form).MinChars <= maxChars || IsParallel(name);

    static bool IsParallel(string name) => Gazetteer.Owns(name) || OwnWords.IsParallel(name);

    static WordList Make(string name, WordForm form, int maxChars)
    {
        if (maxChars > 0) return Bounded(Get(name, form), maxChars);
        if (form != WordForm.Plain) return Formed(Get(name), form);
        if (Gazetteer.TryGet(name) is { } placed) return placed;
        var colon = name.IndexOf(':');
        var (field, locale) = colon < 0 ? (name, Locales.Default) : (name[..colon], name[(colon + 1)..]);
        var words = OwnWords.Find(field, locale) ?? BogusWords.Find(field, locale) ?? OwnWords.Find(field, Locales.Default)
            ?? BogusWords.Find(field, Locales.Default) ?? throw new ArgumentException($"There is no word list {name}.", nameof(name));
        return new WordList(name, OwnWords.IsParallel(field) ? words : Distinct(words));
    }

    static string[] Distinct(IEnumerable<string> words) => words.Any()
        ? [.. words.Where(w => w.Length > 0).DistinctBy(AsciiFold.Key)] : throw new ArgumentException("A word list is empty.", nameof(words));

    static WordList Bounded(WordList list, int maxChars)
    {
        if (list.MaxChars <= maxChars) return list;
        if (IsParallel(list.Name))
            return new WordList(list.Name, [.. list.Words.Select((w, i) => w.Length <= maxChars ? w : Shorter(list.Name, i, w, maxChars))],
                list.Weights);
        var words = list.Words.Where(w => w.Length <= maxChars).ToArray();
        return words.Length > 0 ? new WordList(list.Name, words)
            : throw new ArgumentException($"No word of {list.Name} is so short.", nameof(maxChars));
    }

    static string Shorter(string name, int index, string word, int maxChars)
    {
        for (var field = Gazetteer.ShorterField(name); field is not null; field = Gazetteer.ShorterField(field))
        {
            var other = Get(field).Words[index];
            if (other.Length <= maxChars) return other;
        }
        return word[..maxChars].TrimEnd();
    }

    static WordList Formed(WordList list, WordForm form)
    {
        var words = list.Words.Select(w => Form(w, form)).ToArray();
        if (IsParallel(list.Name)) return new WordList(list.Name, words, list.Weights);
        // Scripts that cannot be transliterated take the English word of the same position.
        if (form is WordForm.Ascii or WordForm.Slug or WordForm.Initial)
            for (var i = 0; i < words.Length; i++)
                if (words[i].Length == 0) words[i] = Substitute(list.Name, form, i);
        return new WordList(list.Name, words, list.Weights);
    }

    static string Substitute(string name, WordForm form, int index)
    {
        var field = name.Split(':')[0];
        if (name == field || name == $"{field}:{Locales.Default}") return "x";
        var english = Get($"{field}:{Locales.Default}", form).Words;
        return english[index % english.Count];
    }

    static string Form(string word, WordForm form) => form switch
    {
        WordForm.Lower => LetterFold.Lower(word),
        WordForm.Upper => LetterFold.Upper(word),
        WordForm.Capital => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..],
        WordForm.Ascii => AsciiFold.Name(word),
        WordForm.Slug => AsciiFold.Fold(word, "-"),
        WordForm.Initial => word.Length == 0 ? word : word[..1],
        _ => word,
    };
}
