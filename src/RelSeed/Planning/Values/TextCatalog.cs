using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Templates of texts by meaning, from <c>Data/templates.txt</c>.</summary>
static class TextCatalog
{
    static readonly Lazy<Dictionary<string, (List<string> Plain, List<string> Unique)>> Sections = new(Load);

    /// <summary>From the longest to the shortest; empty when the meaning is none of texts.</summary>
    public static IReadOnlyList<string> Of(ColumnMeaning meaning, string locale) => Find(meaning, locale)?.Plain ?? [];

    /// <summary>Distinct texts, the most pleasant first.</summary>
    public static IReadOnlyList<string> UniqueOf(ColumnMeaning meaning, string locale) => Find(meaning, locale)?.Unique ?? [];

    internal static IEnumerable<(string Section, string Template)> All =>
        Sections.Value.SelectMany(s => s.Value.Plain.Concat(s.Value.Unique).Select(t => (s.Key, t)));

    static (List<string> Plain, List<string> Unique)? Find(ColumnMeaning meaning, string locale) =>
        Sections.Value.TryGetValue($"{meaning.Kind}.{meaning.Subject}", out var special) ? special
            // Names made of English words suit English locales only.
            : !locale.StartsWith("en", StringComparison.Ordinal) && Sections.Value.TryGetValue($"{meaning.Kind}~", out var local) ? local
            : Sections.Value.TryGetValue($"{meaning.Kind}", out var general) ? general : null;

    static Dictionary<string, (List<string>, List<string>)> Load()
    {
        var sections = new Dictionary<string, (List<string> Plain, List<string> Unique)>(StringComparer.Ordinal);
        (List<string> Plain, List<string> Unique) open = ([], []);
        foreach (var line in EmbeddedText.Lines("Planning.Values.Data.templates.txt"))
            if (line[0] == '[' && line[^1] == ']') sections[line[1..^1]] = open = ([], []);
            else if (line.StartsWith("* ", StringComparison.Ordinal)) open.Unique.Add(line[2..]);
            else open.Plain.Add(line);
        return sections;
    }
}
